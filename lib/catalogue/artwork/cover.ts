import { markOf } from './drawing'
import { fileName, type PictureSize, pictureSizeAt, type Size, sizesOf } from './variants'

/** The cover picture of an album, for pages: plain JSON. */
export type CoverView = {
  /** The folder of the files: `${path}/${size}.${format}`. */
  path: string
  /** Smallest first. `width` is the width in pixels after the crop to a square. */
  files: { size: Size; width: number }[]
  /** The main colour: "#rrggbb". */
  colour: string
  /** A small WebP in Base64, shown while the picture loads; empty without one. */
  placeholder: string
}

/**
 * SQL for the cover column of an album, which saves lists from reading other tables; null without a cover.
 * @param album the album's table or alias.
 */
export const coverOf = (album: string): string => `(
  SELECT concat_ws(' ', artwork.hash, artwork.width, artwork.height, coalesce(artwork.colours -> 0 ->> 'hex', '#808080'),
    translate(encode(artwork.placeholder, 'base64'), E'\\n', ''))
  FROM album_artwork JOIN artwork USING (hash) WHERE album_artwork.album_id = ${album}.id)`

/** @param stored the column written by `coverOf`: hash, width, height, colour and placeholder. */
export function toCover(stored: string | null): CoverView | null {
  if (stored === null) return null
  const [hash = '', width = '', height = '', colour = '', placeholder = ''] = stored.split(' ')
  const dimensions: PictureSize = { width: Number(width), height: Number(height) }
  return {
    path: `/artwork/${hash}`,
    files: sizesOf(dimensions).map((size) => ({ size, width: shorterSide(pictureSizeAt(size, dimensions)) })),
    colour,
    placeholder,
  }
}

const shorterSide = ({ width, height }: PictureSize): number => Math.min(width, height)

/** The path of the largest JPEG, for previews on other sites. */
export function largestOf(cover: CoverView | null): string | undefined {
  const largest = cover?.files.at(-1)
  return cover && largest ? `${cover.path}/${fileName(largest.size, 'jpg')}` : undefined
}

/** The path of an album's cover for previews on other sites, or of its drawing. */
export const previewOf = (album: { id: number; title: string; cover: CoverView | null }): string =>
  largestOf(album.cover) ?? drawnPath(album)

/** The path of an album's drawing as a picture (lib/artwork/drawn/). */
const drawnPath = (album: { id: number; title: string }): string => `/artwork/drawn/${album.id}-${markOf(album)}.png`
