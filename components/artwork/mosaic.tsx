import { Cover, type CoverProps } from './cover'
import type { Drawn } from './drawing'
import styles from './mosaic.module.css'
import type { Place } from './picture'

/** The picture of a list of songs: the covers of its first four albums; with fewer, the first; with none, its own. */
export function Mosaic({ of, covers, place }: { of: Drawn; covers: CoverProps['of'][]; place: Place }) {
  if (covers.length < 4) return <Cover of={covers[0] ?? of} place={place} isFirst={place === 'head'} />
  return (
    <span className={styles.mosaic}>
      {covers.map((cover) => (
        <Cover key={cover.id} of={cover} place={place === 'head' ? 'grid' : place} />
      ))}
    </span>
  )
}
