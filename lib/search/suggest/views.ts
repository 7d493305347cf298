import type { CoverView } from '@/lib/catalogue/artwork/cover'
import type { Ranges } from '@/lib/search/results/views'
import type { Kind } from '@/lib/search/text/parse'

/** A suggestion as plain JSON, with all that the search box shows. */
export type Suggestion = {
  kind: Kind
  id: number
  name: string
  /** The credit of an album or a song, or the disambiguation of an artist; otherwise empty. */
  about: string
  /** The matches in the name. */
  marked: Ranges
  /** The albums whose covers show it: the album, the album of a song, or up to four albums of a playlist. */
  covers: { id: number; title: string; cover: CoverView | null }[]
  /** The path of its page. */
  path: string
}
