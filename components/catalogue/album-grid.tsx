import { Cover } from '@/components/artwork/cover'
import { loadOrderOf } from '@/components/artwork/picture'
import { faceOf } from '@/components/ui/fonts/face'
import { Static } from '@/components/ui/static/static'
import { date, facts } from '@/components/ui/text'
import type { AlbumRow } from '@/lib/catalogue/views'
import styles from './album-grid.module.css'
import { CreditLine } from './credit'
import { albumSpan } from './duration'
import { albumCreditsPath, albumPath } from './paths'

/** The columns on the widest screens. */
const COLUMNS = { grid: 5, shelf: 6 }

/**
 * A grid of albums, or a shelf: one or two rows of smaller covers, which scroll sideways on a phone.
 * @param by leaves out the credit, on the page of the artist of all albums.
 * @param lengths shows the length of each album.
 * @param isFirst whether it is the first list of its page.
 */
export function AlbumGrid({
  albums,
  shelf,
  by,
  lengths,
  isFirst = !shelf,
}: {
  albums: AlbumRow[]
  shelf?: boolean
  by?: 'known'
  lengths?: boolean
  isFirst?: boolean
}) {
  // With two columns, an odd number starts with a large cover, so that no row is half empty. CSS can count the albums only
  // after the last has arrived, which would shift all of them.
  const isOdd = !shelf && albums.length % 2 === 1
  const grid = isOdd ? `${styles.grid} ${styles.odd}` : styles.grid
  const columns = shelf ? COLUMNS.shelf : COLUMNS.grid
  return (
    <Static as="ul" className={shelf ? styles.shelf : grid} walk="grid">
      {albums.map((album, index) => (
        <li key={album.id}>
          <Cover
            of={album}
            place={shelf ? 'shelf' : isOdd && index === 0 ? 'lead' : 'grid'}
            load={isFirst ? loadOrderOf(index, columns) : undefined}
          />
          <div className={styles.title} data-face={faceOf(album.title)}>
            <a href={albumPath(album)} dir="auto">
              {album.title}
            </a>
          </div>
          {album.disambiguation && <span className={styles.note}> ({album.disambiguation})</span>}
          <p className={styles.note}>
            {by !== 'known' && (
              <span className={styles.credit} dir="auto">
                <span>
                  <CreditLine credits={album.credits} total={album.creditCount} rest={albumCreditsPath(album)} />
                </span>
              </span>
            )}
            {facts(date({ ...album.date, month: null }), lengths && (albumSpan(album) || 'Length unknown'))}
          </p>
        </li>
      ))}
    </Static>
  )
}
