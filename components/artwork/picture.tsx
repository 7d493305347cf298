import type { CoverView } from '@/lib/catalogue/artwork/cover'
import styles from './picture.module.css'

/**
 * The places of pictures: their width there, which must match the style sheets, and the smallest and largest file widths
 * that any screen needs there, at 1 to 3 device pixels per CSS pixel. Large pictures count up to 2: nobody sees more.
 */
const places = {
  /** The start of a row. */
  row: { sizes: '3.5rem', pixels: [56, 168] },
  /** The start of a table row. */
  cell: { sizes: '3rem', pixels: [48, 144] },
  /** The start of a suggestion. */
  option: { sizes: '2.5rem', pixels: [40, 120] },
  /** A quarter of one of the above. */
  tile: { sizes: '1.75rem', pixels: [20, 84] },
  grid: {
    sizes: '(width < 40rem) calc(45.5vw - 0.25rem), (width < 104rem) calc(17.6vw - 0.4rem), 18rem',
    pixels: [106, 500],
  },
  /** The first picture of a two-column grid, as wide as both columns. */
  lead: { sizes: '(width < 40rem) 92vw, (width < 104rem) calc(17.6vw - 0.4rem), 18rem', pixels: [106, 1000] },
  shelf: {
    sizes:
      '(width < 40rem) 40.5vw, (width < 60rem) calc(30vw - 0.35rem), (width < 104rem) calc(14.5vw - 0.4rem), 14.6rem',
    pixels: [128, 500],
  },
  /** The head of a detail page. */
  head: {
    sizes: '(width < 35rem) 64.4vw, (width < 48rem) 22.5rem, (width < 80rem) 28vw, 22.5rem',
    pixels: [200, 1000],
  },
  /** A quarter of `head`. */
  quarter: {
    sizes: '(width < 35rem) 32.2vw, (width < 48rem) 11.25rem, (width < 80rem) 14vw, 11.25rem',
    pixels: [100, 500],
  },
} as const
export type PicturePlace = keyof typeof places

/** When a picture loads: before everything else, or with the page. Other pictures load when they are scrolled to. */
export type LoadOrder = 'first' | 'soon'

/** The pictures that the narrowest screen shows first. More would delay these. */
const FIRST = 2

/** The rows of a list that are visible on a phone below the head of the page. */
export const FIRST_ROWS = 6

/** The load order of a picture in the first list of a page. @param row the largest length of the list's first row. */
export const loadOrderOf = (index: number, row: number): LoadOrder | undefined =>
  index >= row ? undefined : index < FIRST ? 'first' : 'soon'

type Props = { cover: CoverView; place: PicturePlace; load?: LoadOrder | undefined }

/**
 * A square picture, as wide as its container. Its placeholder shows until it loads, and if it fails to load. It is
 * decorative: a title is next to it.
 */
export function Picture({ cover, place, load }: Props) {
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
        loading={load ? 'eager' : 'lazy'}
        fetchPriority={load === 'first' ? 'high' : undefined}
        decoding="async"
      />
    </picture>
  )
}

/** The files from the first that is wide enough for some screens to the first that is wide enough for all. */
function filesAt(place: PicturePlace, { files }: CoverView): CoverView['files'] {
  const [fewest, most] = places[place].pixels
  const smallest = files.findIndex(({ width }) => width >= fewest)
  const largest = files.findIndex(({ width }) => width >= most)
  return files.slice(smallest, largest < 0 ? undefined : largest + 1)
}
