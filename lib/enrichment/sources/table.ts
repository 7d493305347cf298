import type { SourceName } from '@/lib/env'
import { coverart } from './coverart'
import { musicbrainz } from './musicbrainz/musicbrainz'
import type { Source } from './source'

/**
 * All sources. Who adds one adds a file beside this one, a line here, and to lib/env.ts its name, address and rate.
 */
export const sources: Record<SourceName, Source> = { musicbrainz, coverart }
