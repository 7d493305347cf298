import { Cover } from '@/components/artwork/cover'
import { FIRST_ROWS, type LoadOrder, loadOrderOf } from '@/components/artwork/picture'
import { Static } from '@/components/ui/static/static'
import type { SongRow } from '@/lib/catalogue/views'
import { CreditLine, creditText } from './credit'
import { Duration } from './duration'
import { albumPath, songCreditsPath, songPath } from './paths'
import styles from './song-table.module.css'

/**
 * A table of songs with covers.
 * @param caption for screen readers.
 * @param by leaves out credits that are only this name. @param isFirst whether it is the first list of its page.
 */
export function SongTable({
  songs,
  caption,
  ranked,
  by,
  isFirst = false,
}: {
  songs: SongRow[]
  caption: string
  ranked?: boolean
  by?: string
  isFirst?: boolean
}) {
  return (
    <table
      className={styles.songs}
      data-numbered={ranked || undefined}
      data-lines={by === undefined ? 2 : 1}
      data-walk="list"
    >
      <caption className="aside">{caption}</caption>
      <SongTableHead place={ranked && 'Rank'} />
      <Static as="tbody">
        {songs.map((song, index) => (
          <tr key={song.id}>
            {ranked && <td>{rankOf(song, songs)}</td>}
            <SongCells song={song} by={by} load={isFirst ? loadOrderOf(index, FIRST_ROWS) : undefined} />
          </tr>
        ))}
      </Static>
    </table>
  )
}

/** The rank by popularity. Equally popular songs share a rank. */
const rankOf = ({ popularity }: SongRow, songs: SongRow[]): number =>
  songs.findIndex((other) => other.popularity === popularity) + 1

/** The column heads. @param place the meaning of the numbers in the first column, if it has any. */
export const SongTableHead = ({ place }: { place?: string | false }) => (
  <thead>
    <tr>
      {place && (
        <th scope="col">
          <span aria-hidden="true">#</span>
          <span className="aside">{place}</span>
        </th>
      )}
      <th scope="col">Song</th>
      <th scope="col">Album</th>
      <th scope="col">Length</th>
    </tr>
  </thead>
)

/** The cells of a song: cover, title and credit, album, length. */
export const SongCells = ({ song, by, load }: { song: SongRow; by?: string; load?: LoadOrder | undefined }) => (
  <>
    <th scope="row">
      <span className={styles.cover}>
        <Cover of={song.album ?? song} place="cell" load={load} />
      </span>
      <a href={songPath(song)} dir="auto">
        {song.title}
      </a>
      {song.disambiguation && <span className={styles.note}> ({song.disambiguation})</span>}
      {creditText(song) !== (by ?? '') && (
        <>
          {' '}
          <span className={styles.credit}>
            <CreditLine credits={song.credits} total={song.creditCount} rest={songCreditsPath(song)} />
          </span>
        </>
      )}
    </th>
    <td>
      {song.album && (
        <a href={albumPath(song.album)} dir="auto">
          {song.album.title}
        </a>
      )}
    </td>
    <td>
      <Duration ms={song.durationMs} />
    </td>
  </>
)
