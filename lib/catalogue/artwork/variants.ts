/**
 * The files that are made of a picture, and where they are: `/artwork/<hash>/<size>.<format>`. A size is what the longer
 * side is bounded by; a picture is never enlarged. So of one of 600 × 600 pixels there are four sizes, and the last,
 * 1000, is as large as the picture; of one of 200 × 200 there are two, 96 and 250, and there is nothing at 500: it would
 * be the same picture once more.
 */

/** Pixels of the longer side, smallest first. */
export const SIZES = [96, 250, 500, 1000] as const
export type Size = (typeof SIZES)[number]

/** Formats by the ending of a file's name, the one that takes the fewest bytes first. */
export const FORMATS = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' } as const
export type Format = keyof typeof FORMATS
export const formats = Object.keys(FORMATS) as Format[]

/** A picture's own size in pixels. */
export type Extent = { width: number; height: number }

/** The sizes that there are of a picture. The last shows all that is in it, or as much as we show of any. */
export function sizesOf({ width, height }: Extent): Size[] {
  const longer = Math.max(width, height)
  return SIZES.filter((_, index) => index === 0 || longer > (SIZES[index - 1] ?? 0))
}

/** The size in pixels of a picture's file. */
export function extentAt(size: Size, { width, height }: Extent): Extent {
  const scale = Math.min(1, size / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** A file's name among those of its picture. */
export const fileName = (size: Size, format: Format): string => `${size}.${format}`

/** The names of all files that there are of a picture. */
export const fileNamesOf = (extent: Extent): string[] =>
  sizesOf(extent).flatMap((size) => formats.map((format) => fileName(size, format)))

/** The path of a file on the site. */
export const artworkPath = (hash: string, size: Size, format: Format): string =>
  `/artwork/${hash}/${fileName(size, format)}`
