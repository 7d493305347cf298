import {
  albumFigures,
  artistAlbums,
  artistFigures,
  contributions,
  playlistFigures,
  songFigures,
  type Tables,
} from '@/lib/catalogue/figures/statements'
import { makeTable, type Session } from './session'

/** Computes the figures of new things from the file alone, so that their rows are written once, complete. */

const stagedTables: Tables = {
  album: 'new_album',
  albumCredit: 'new_album_credit',
  artist: 'new_artist',
  artistAlbum: 'new_artist_album',
  disc: 'new_disc',
  place: 'new_track',
  playlist: 'new_playlist',
  playlistItem: 'new_playlist_item',
  song: 'figures_song',
  songCredit: 'new_song_credit',
}

/**
 * Makes `figures_<entity>`, `new_artist_album` and `new_contribution`. Sums lack songs that are only in the catalogue; the
 * refresh of touched things corrects that.
 */
export async function computeFigures(session: Session): Promise<void> {
  await makeTable(session, 'figures_song', songFigures({ ...stagedTables, song: 'new_song' }, null))
  await makeTable(session, 'new_artist_album', artistAlbums(stagedTables, null))
  await makeTable(session, 'new_contribution', contributions(stagedTables, null))
  await makeTable(session, 'figures_album', albumFigures(stagedTables, null))
  await makeTable(session, 'figures_artist', artistFigures(stagedTables, null))
  const song = '(SELECT id, duration_ms, popularity FROM new_song JOIN figures_song USING (id))'
  await makeTable(session, 'figures_playlist', playlistFigures({ ...stagedTables, song }, null))
}
