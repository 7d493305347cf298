import { markOf } from './drawing'
import { type Extent, extentAt, fileName, type Size, sizesOf } from './variants'

/** The picture of an album, as pages are given it: plain JSON. */
export type CoverView = {
  /** Below it are its files: `${path}/${size}.${format}`. */
  path: string
  /** Smallest first, each with its width in pixels where it is cut to a square, as pages show it. */
  files: { size: Size; width: number }[]
  /** Most of it has this colour: "#rrggbb". */
  colour: string
  /** What is seen until it comes, a small WebP in base64; empty where there is none. */
  placeholder: string
}

/** @param stored by a row of albums, as `coverOf` (cover-column.ts) writes it: hash, width, height, colour and placeholder. */
export function toCover(stored: string | null): CoverView | null {
  if (stored === null) return null
  const [hash = '', width = '', height = '', colour = '', placeholder = ''] = stored.split(' ')
  const extent: Extent = { width: Number(width), height: Number(height) }
  return {
    path: `/artwork/${hash}`,
    files: sizesOf(extent).map((size) => ({ size, width: shorterSide(extentAt(size, extent)) })),
    colour,
    placeholder,
  }
}

const shorterSide = ({ width, height }: Extent): number => Math.min(width, height)

/** The path of its largest file that everything can show, for previews elsewhere. */
export function largestOf(cover: CoverView | null): string | undefined {
  const largest = cover?.files.at(-1)
  return cover && largest ? `${cover.path}/${fileName(largest.size, 'jpg')}` : undefined
}

/** The path of an album's picture for previews elsewhere; where it has none, of its drawing. */
export const previewOf = (album: { id: number; title: string; cover: CoverView | null }): string =>
  largestOf(album.cover) ?? drawnPath(album)

/** The path of an album's drawing as a picture (lib/artwork/drawn/). */
const drawnPath = (album: { id: number; title: string }): string => `/artwork/drawn/${album.id}-${markOf(album)}.png`
