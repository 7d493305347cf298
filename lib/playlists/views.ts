import type { CoverView } from '@/lib/catalogue/artwork/cover'
import type { Page, SongRow } from '@/lib/catalogue/views'

export type PlaylistRow = {
  id: number
  name: string
  description: string
  itemCount: number
  /** The sum of the known durations, of `timedCount` items. */
  durationMs: number
  timedCount: number
  /** Up to four albums, whose covers make the cover of the playlist. */
  covers: { id: number; title: string; credit: string; cover: CoverView | null }[]
}

/** A playlist item: a song, or the imported text if no song matched. */
export type PlaylistItemView = { position: number } & (
  | { song: SongRow }
  | { song: null; title: string; artist: string | null; album: string | null }
)

export type PlaylistView = PlaylistRow & { items: Page<PlaylistItemView> }
