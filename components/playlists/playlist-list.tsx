import { Mosaic } from '@/components/artwork/mosaic'
import { FIRST_ROWS, loadOrderOf } from '@/components/artwork/picture'
import rows from '@/components/ui/rows.module.css'
import { Static } from '@/components/ui/static/static'
import { count, facts, wholeSpan } from '@/components/ui/text'
import type { PlaylistRow } from '@/lib/playlists/views'
import { playlistPath } from './paths'

export const PlaylistList = ({ playlists }: { playlists: PlaylistRow[] }) => (
  <Static as="ul" className={`${rows.rows} ${rows.short}`} walk="list">
    {playlists.map((playlist, index) => (
      <li key={playlist.id}>
        <Mosaic of={playlist} covers={playlist.covers} place="row" load={loadOrderOf(index, FIRST_ROWS)} />
        <div>
          <a href={playlistPath(playlist)} dir="auto">
            {playlist.name}
          </a>
          {playlist.description && <p dir="auto">{playlist.description}</p>}
        </div>
        <p>{playlistFacts(playlist)}</p>
      </li>
    ))}
  </Static>
)

/** "120 songs · 7 h 31 min" */
export const playlistFacts = ({ itemCount, durationMs, timedCount }: PlaylistRow): string =>
  facts(
    itemCount === 0 ? 'Empty' : count(itemCount, 'song'),
    wholeSpan({ ms: durationMs, known: timedCount, all: itemCount }),
  )
