import type { CoverView } from '@/lib/catalogue/artwork/cover'
import styles from './picture.module.css'

/**
 * Where a picture stands: how wide it is there, as the styles of what it stands in make it, and which of its files may be
 * the right one: those of as many pixels as the narrowest and the widest there need, on screens of 1 to 3 pixels to one of
 * CSS; large ones of no more than 2, as nobody sees the difference.
 */
const places = {
  /** The beginning of a row. */
  row: { sizes: '3.5rem', pixels: [56, 168] },
  /** The beginning of a row of a table. */
  cell: { sizes: '3rem', pixels: [48, 144] },
  /** The beginning of a suggestion. */
  option: { sizes: '2.5rem', pixels: [40, 120] },
  /** A quarter of one of these. */
  tile: { sizes: '1.75rem', pixels: [20, 84] },
  grid: {
    sizes: '(width < 40rem) calc(45.5vw - 0.25rem), (width < 104rem) calc(17.6vw - 0.4rem), 18rem',
    pixels: [106, 500],
  },
  /** The one that is as wide as a grid of two columns. */
  lead: { sizes: '(width < 40rem) 92vw, (width < 104rem) calc(17.6vw - 0.4rem), 18rem', pixels: [106, 1000] },
  shelf: {
    sizes:
      '(width < 40rem) 40.5vw, (width < 60rem) calc(30vw - 0.35rem), (width < 104rem) calc(14.5vw - 0.4rem), 14.6rem',
    pixels: [128, 500],
  },
  /** Beside the name of what it is a picture of. */
  head: {
    sizes: '(width < 35rem) 64.4vw, (width < 48rem) 22.5rem, (width < 80rem) 28vw, 22.5rem',
    pixels: [200, 1000],
  },
  /** A quarter of that. */
  quarter: {
    sizes: '(width < 35rem) 32.2vw, (width < 48rem) 11.25rem, (width < 80rem) 14vw, 11.25rem',
    pixels: [100, 500],
  },
} as const
export type Place = keyof typeof places

/** When a picture is asked for: before all else, or as soon as the page is there. Others come as they are scrolled to. */
export type Turn = 'first' | 'soon'

/** Those that the narrowest screen shows first; more before all else would keep these waiting. */
const FIRST = 2

/** Rows of a list that begin with a picture: as many as are seen on a phone beside the page's head. */
export const FIRST_ROWS = 6

/** The turn of a picture among those of a page's first list. @param row how many its first row has, at the most. */
export const turnOf = (index: number, row: number): Turn | undefined =>
  index >= row ? undefined : index < FIRST ? 'first' : 'soon'

type Props = { cover: CoverView; place: Place; turn?: Turn | undefined }

/**
 * A picture, square, as wide as what it stands in. Until it is there, and where it does not come, its placeholder is seen.
 * A decoration: what it is a picture of stands beside it.
 */
export function Picture({ cover, place, turn }: Props) {
  const { path, colour, placeholder } = cover
  const { sizes } = places[place]
  const files = filesAt(place, cover)
  const sourcesOf = (format: 'avif' | 'webp') =>
    files.map(({ size, width }) => `${path}/${size}.${format} ${width}w`).join(', ')
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
        src={`${path}/${files[0]?.size}.webp`}
        srcSet={sourcesOf('webp')}
        sizes={sizes}
        width={files.at(-1)?.size}
        height={files.at(-1)?.size}
        alt=""
        loading={turn ? 'eager' : 'lazy'}
        fetchPriority={turn === 'first' ? 'high' : undefined}
        decoding="async"
      />
    </picture>
  )
}

/** From the first file that is wide enough there for some screens to the first that is for all; else the widest. */
function filesAt(place: Place, { files }: CoverView): CoverView['files'] {
  const [fewest, most] = places[place].pixels
  const smallest = files.findIndex(({ width }) => width >= fewest)
  const largest = files.findIndex(({ width }) => width >= most)
  return files.slice(smallest, largest < 0 ? undefined : largest + 1)
}
