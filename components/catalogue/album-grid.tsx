import { Cover } from '@/components/artwork/cover'
import { turnOf } from '@/components/artwork/picture'
import { faceOf } from '@/components/ui/fonts/face'
import { Static } from '@/components/ui/static/static'
import { date, facts } from '@/components/ui/text'
import type { AlbumRow } from '@/lib/catalogue/views'
import styles from './album-grid.module.css'
import { CreditLine } from './credit'
import { albumSpan } from './duration'
import { albumCreditsPath, albumPath } from './paths'

/** Where there are the most columns. */
const COLUMNS = { grid: 5, shelf: 6 }

/**
 * Covers in rows. A shelf is a row or two of smaller ones, and on a phone one that is pushed aside.
 * @param by leaves out the credit, on the page of the one who made them all.
 * @param lengths says how long each is.
 * @param isFirst whether its page begins with it, as it does with any grid.
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
  // Where there are two columns, an odd number begins with a large one, so that no row is left half empty. The list says
  // it: how many there are is seen by a style only when the last of them has come, and all would move.
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
            turn={isFirst ? turnOf(index, columns) : undefined}
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
