import { Cover } from '@/components/artwork/cover'
import { Static } from '@/components/ui/static/static'
import { date, facts } from '@/components/ui/text'
import type { AlbumRow } from '@/lib/catalogue/views'
import styles from './album-grid.module.css'
import { CreditLine } from './credit'
import { albumPath } from './paths'

/** Where there are the most columns. */
const FIRST_ROW = 5

/**
 * Covers in rows. A shelf is a row or two of smaller ones, and on a phone one that is pushed aside.
 * @param by leaves out the credit, on the page of the one who made them all.
 */
export function AlbumGrid({ albums, shelf, by }: { albums: AlbumRow[]; shelf?: boolean; by?: 'known' }) {
  // Where there are two columns, an odd number begins with a large one, so that no row is left half empty. The list says
  // it: how many there are is seen by a style only when the last of them has come, and all would move.
  const grid = albums.length % 2 === 1 ? `${styles.grid} ${styles.odd}` : styles.grid
  return (
    <Static as="ul" className={shelf ? styles.shelf : grid} walk="grid">
      {albums.map((album, index) => (
        <li key={album.id}>
          <Cover of={album} place={shelf ? 'shelf' : 'grid'} isFirst={!shelf && index < FIRST_ROW} />
          <a className={styles.title} href={albumPath(album)} dir="auto">
            {album.title}
          </a>
          {album.disambiguation && <span className={styles.note}> ({album.disambiguation})</span>}
          <p className={styles.note}>
            {by !== 'known' && (
              <span className={styles.credit} dir="auto">
                <CreditLine credits={album.credits} />
              </span>
            )}
            {facts(date({ ...album.date, month: null }))}
          </p>
        </li>
      ))}
    </Static>
  )
}
