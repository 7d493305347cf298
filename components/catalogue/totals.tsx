import { count } from '@/components/ui/text'
import type { CatalogueTotals } from '@/lib/catalogue/views'
import styles from './totals.module.css'

/** The totals of the catalogue, with links to its lists. */
export function Totals({ totals }: { totals: CatalogueTotals }) {
  if (totals.songs === 0) return <h1 className="aside">SyroMusic</h1>
  return (
    <h1 className={styles.totals}>
      <a href="/songs">{count(totals.songs, 'song')}</a>{' '}
      <span>
        on <a href="/albums">{count(totals.albums, 'album')}</a>
      </span>{' '}
      <span>
        by <a href="/artists">{count(totals.artists, 'artist')}</a>
      </span>
    </h1>
  )
}
