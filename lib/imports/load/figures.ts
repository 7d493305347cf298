import {
  albumFigures,
  artistAlbums,
  artistFigures,
  playlistFigures,
  songFigures,
  type Tables,
} from '@/lib/catalogue/figures/queries'
import { makeTable, type Session } from './session'

/** Figures of what the file holds, from the file alone, so that what is new is written once, complete. */

const stagedTables: Tables = {
  album: 'new_album',
  albumCredit: 'new_album_credit',
  artist: 'new_artist',
  artistAlbum: 'new_artist_album',
  disc: 'new_disc',
  place: 'new_track',
  playlist: 'new_playlist',
  playlistItem: 'new_playlist_item',
  song: 'ready_song',
  songCredit: 'new_song_credit',
}

/**
 * Makes `ready_<entity>`, the new things with their figures, and `new_artist_album`. Where the file names songs that the
 * catalogue has from elsewhere, sums lack them; the refresh of what an import touched puts that right.
 */
export async function computeFigures(session: Session): Promise<void> {
  const ready = async (entity: 'artist' | 'album' | 'song' | 'playlist', figures: string) =>
    makeTable(
      session,
      `ready_${entity}`,
      `SELECT * FROM new_${entity} JOIN (${figures}) AS figures USING (id) ORDER BY id`,
    )
  await ready('song', songFigures({ ...stagedTables, song: 'new_song' }, null))
  await makeTable(session, 'new_artist_album', artistAlbums(stagedTables, null))
  await ready('album', albumFigures(stagedTables, null))
  await ready('artist', artistFigures(stagedTables, null))
  await ready('playlist', playlistFigures(stagedTables, null))
}
