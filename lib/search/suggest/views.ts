import type { CoverView } from '@/lib/catalogue/artwork/cover'
import type { Ranges } from '@/lib/search/results/views'
import type { Kind } from '@/lib/search/text/parse'

/** Something that may be meant by what is being typed: plain JSON, enough to draw it and to go there. */
export type Suggestion = {
  kind: Kind
  id: number
  name: string
  /** The credit of an album or a song; of an artist what tells it from others of its name; empty where there is none. */
  about: string
  /** Where in the name what was typed stands. */
  marked: Ranges
  /** Albums whose covers are its picture: of an album its own, of a song that of its album, of a playlist up to four. */
  covers: { id: number; title: string; cover: CoverView | null }[]
  /** Of its page. */
  path: string
}
