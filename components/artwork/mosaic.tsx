import { Cover, type CoverProps } from './cover'
import styles from './mosaic.module.css'
import type { PicturePlace } from './picture'

/** The place of one quarter of a mosaic, by the place of the mosaic. */
const quarters = { head: 'quarter', row: 'tile', option: 'tile' } as const satisfies {
  [Place in PicturePlace]?: PicturePlace
}

type Props = Omit<CoverProps, 'place'> & { covers: CoverProps['of'][]; place: keyof typeof quarters }

/** The covers of the first four albums of a playlist. With fewer albums, the first cover; with none, a drawing. */
export function Mosaic({ of, covers, place, load }: Props) {
  if (covers.length < 4) return <Cover of={covers[0] ?? of} place={place} load={load} />
  return (
    <span className={styles.mosaic}>
      {covers.map((cover) => (
        <Cover key={cover.id} of={cover} place={quarters[place]} load={load} />
      ))}
    </span>
  )
}
