import { SongCells, SongTableHead } from '@/components/catalogue/song-table'
import styles from '@/components/catalogue/song-table.module.css'
import { Static } from '@/components/ui/static/static'
import { number } from '@/components/ui/text'
import type { PlaylistItemView } from '@/lib/playlists/views'

/** The items of a playlist. An item that matches no song shows the imported text. */
export const ItemTable = ({ items, caption }: { items: PlaylistItemView[]; caption: string }) => (
  <table className={styles.songs} data-numbered data-walk="list">
    <caption className="aside">{caption}</caption>
    <SongTableHead place="Position" />
    <Static as="tbody">
      {items.map((item) => (
        <tr key={item.position}>
          <td>{number(item.position)}</td>
          {item.song ? <SongCells song={item.song} /> : <UnmatchedCells item={item} />}
        </tr>
      ))}
    </Static>
  </table>
)

const UnmatchedCells = ({ item }: { item: Extract<PlaylistItemView, { song: null }> }) => (
  <>
    <th scope="row" dir="auto">
      {item.title} <span className={styles.credit}>{item.artist}</span>
    </th>
    <td dir="auto">{item.album}</td>
    <td />
  </>
)
