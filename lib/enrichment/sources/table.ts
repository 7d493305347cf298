import type { SourceName } from '@/lib/env'
import { coverart } from './coverart'
import { musicbrainz } from './musicbrainz/musicbrainz'
import type { Source } from './source'

/**
 * All sources. A new one needs a file here, a line below, and its name, address and rate in lib/env.ts.
 */
export const sources: Record<SourceName, Source> = { musicbrainz, coverart }
