import { Cover, type CoverProps } from './cover'
import styles from './mosaic.module.css'
import type { Place } from './picture'

/** A quarter of each place that a mosaic may have. */
const quarters = { head: 'quarter', row: 'tile', option: 'tile' } as const satisfies { [Of in Place]?: Place }

type Props = Omit<CoverProps, 'place'> & { covers: CoverProps['of'][]; place: keyof typeof quarters }

/** The picture of a list of songs: the covers of its first four albums; with fewer, the first; with none, its own. */
export function Mosaic({ of, covers, place, turn }: Props) {
  if (covers.length < 4) return <Cover of={covers[0] ?? of} place={place} turn={turn} />
  return (
    <span className={styles.mosaic}>
      {covers.map((cover) => (
        <Cover key={cover.id} of={cover} place={quarters[place]} turn={turn} />
      ))}
    </span>
  )
}
