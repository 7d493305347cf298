import { OutsideClient } from '@/lib/enrichment/http/client'
import { sources } from '@/lib/enrichment/sources/table'
import { env, type SourceName } from '@/lib/env'
import packageJson from '@/package.json' with { type: 'json' }
import type { Clock } from './clock'
import type { OpenSource } from './job'

/** Who asks, as MusicBrainz wants it said: application, version, and whom to tell of a fault. */
const userAgent = () => `SyroMusic/${packageJson.version} ( ${env.ENRICHMENT_CONTACT} )`

/** Sources by name, ready to be asked as the environment says. */
export const openSources = (names: readonly SourceName[], clock: Clock): OpenSource[] =>
  names.map((name) => {
    const source = sources[name]
    const { url, rate } = source.settings()
    const client = new OutsideClient({
      baseUrl: url ?? source.baseUrl,
      isOwn: url !== undefined,
      userAgent: userAgent(),
      now: clock.now,
    })
    return { name, source, client, interval: Math.ceil(1_000 / rate) }
  })
