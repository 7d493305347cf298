import type { CoverView } from '@/lib/catalogue/artwork/cover'
import styles from './picture.module.css'

/** Where a picture stands: how wide it is there, and which of its files may be the right one. */
const places = {
  /** The beginning of a row. */
  row: { sizes: '3rem', files: [96, 250] },
  grid: { sizes: '(width < 40rem) 50vw, 20vw', files: [250, 500] },
  shelf: { sizes: '(width < 40rem) 44vw, (width < 60rem) 33vw, 16vw', files: [250, 500] },
  /** Beside the name of what it is a picture of. */
  head: { sizes: '(width < 40rem) 100vw, 30rem', files: [500, 1000] },
} as const
export type Place = keyof typeof places

type Props = {
  cover: CoverView
  place: Place
  /** Whether it is seen before anything is scrolled. */
  isFirst?: boolean | undefined
}

/**
 * A picture, square, as wide as what it stands in. Until it is there, and where it does not come, its placeholder is seen.
 * A decoration: what it is a picture of stands beside it.
 */
export function Picture({ cover: { path, files, colour, placeholder }, place, isFirst = false }: Props) {
  const { sizes, files: wanted } = places[place]
  const right = files.filter(({ size }) => wanted.some((each) => each === size))
  // One that is smaller than what is wanted is shown as it is.
  const shown = right.length > 0 ? right : files.slice(-1)
  const sourcesOf = (format: 'avif' | 'webp') =>
    shown.map(({ size, width }) => `${path}/${size}.${format} ${width}w`).join(', ')
  return (
    <picture
      className={styles.picture}
      style={{
        backgroundColor: colour,
        ...(placeholder && { backgroundImage: `url(data:image/webp;base64,${placeholder})` }),
      }}
    >
      <source type="image/avif" srcSet={sourcesOf('avif')} sizes={sizes} />
      <img
        src={`${path}/${shown[0]?.size}.webp`}
        srcSet={sourcesOf('webp')}
        sizes={sizes}
        width={shown.at(-1)?.size}
        height={shown.at(-1)?.size}
        alt=""
        loading={isFirst ? 'eager' : 'lazy'}
        fetchPriority={isFirst ? 'high' : undefined}
        decoding="async"
      />
    </picture>
  )
}
