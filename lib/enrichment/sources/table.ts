import type { SourceName } from '@/lib/env'
import { musicbrainz } from './musicbrainz/musicbrainz'
import type { Source } from './source'

/** All sources. Who adds one adds its name to lib/env.ts, a file beside this one, and a line here. */
export const sources: Record<SourceName, Source> = { musicbrainz }
