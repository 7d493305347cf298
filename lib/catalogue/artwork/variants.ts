/**
 * The files of a picture: `/artwork/<hash>/<size>.<format>`. A size limits the longer side; pictures are never enlarged.
 * A picture of 600 × 600 pixels has four sizes, the last of which, 1000, is as large as the original. One of 200 × 200 has
 * two, 96 and 250: the file at 500 would be the same again.
 */

/** Pixels of the longer side, smallest first. */
export const SIZES = [96, 250, 500, 1000] as const
export type Size = (typeof SIZES)[number]

/** Media types by file extension, the smallest format first. */
export const FORMATS = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' } as const
export type Format = keyof typeof FORMATS
export const formats = Object.keys(FORMATS) as Format[]

/** In pixels. */
export type PictureSize = { width: number; height: number }

/** The sizes of a picture, up to the first that is not smaller than the original. */
export function sizesOf({ width, height }: PictureSize): Size[] {
  const longer = Math.max(width, height)
  return SIZES.filter((_, index) => index === 0 || longer > (SIZES[index - 1] ?? 0))
}

/** The dimensions of a file. */
export function pictureSizeAt(size: Size, { width, height }: PictureSize): PictureSize {
  const scale = Math.min(1, size / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export const fileName = (size: Size, format: Format): string => `${size}.${format}`

/** The names of all files of a picture. */
export const fileNamesOf = (dimensions: PictureSize): string[] =>
  sizesOf(dimensions).flatMap((size) => formats.map((format) => fileName(size, format)))

export const artworkPath = (hash: string, size: Size, format: Format): string =>
  `/artwork/${hash}/${fileName(size, format)}`
