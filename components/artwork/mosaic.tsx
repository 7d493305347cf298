import { Cover } from './cover'
import type { Drawn } from './drawing'
import styles from './mosaic.module.css'

/** The picture of a list of songs: the covers of its first four albums; with fewer, the first; with none, its own. */
export function Mosaic({ of, covers }: { of: Drawn; covers: Drawn[] }) {
  if (covers.length < 4) return <Cover of={covers[0] ?? of} />
  return (
    <span className={styles.mosaic}>
      {covers.map((cover) => (
        <Cover key={cover.id} of={cover} />
      ))}
    </span>
  )
}
