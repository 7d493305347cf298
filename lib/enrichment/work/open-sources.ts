import { OutsideClient } from '@/lib/enrichment/http/client'
import { sources } from '@/lib/enrichment/sources/table'
import { env, type SourceName } from '@/lib/env'
import packageJson from '@/package.json' with { type: 'json' }
import type { Clock } from './clock'
import type { OpenSource } from './job'

/** In the form that MusicBrainz requires: application, version and contact. */
const userAgent = () => `SyroMusic/${packageJson.version} ( ${env.ENRICHMENT_CONTACT} )`

/** Opens sources as the environment configures them. */
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
