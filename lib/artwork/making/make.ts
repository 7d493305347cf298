import sharp, { type Sharp } from 'sharp'
import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash'
import { dominantColours } from '@/lib/artwork/colours/dominant'
import { type Format, fileName, formats, pictureSizeAt, SIZES, sizesOf } from '@/lib/catalogue/artwork/variants'
import { MOST_PIXELS } from './limits'
import type { Made } from './messages'

/** Makes the variants of a picture. Runs in a process of its own (child.ts), for decoders have faults. */

// A picture is made once: nothing of it is wanted again, and a cache would only be memory. One thread a picture: there is
// a process a processor.
sharp.cache(false)
sharp.concurrency(1)
// libvips has decoders of a hundred formats, and these are enough.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`),
})

const LARGEST = SIZES[SIZES.length - 1] ?? 0
/** The longer side of what colours are taken from: some 4,000 pixels. */
const SMALL = 64

/**
 * Of quality as high as one sees on a cover; WebP and AVIF are about half and a third of the JPEG. AVIF takes most of the
 * time: at effort 2 a third of what it takes by default, for a twentieth more bytes.
 */
const encode: Record<Format, (picture: Sharp) => Sharp> = {
  avif: (picture) => picture.avif({ quality: 55, effort: 2 }),
  webp: (picture) => picture.webp({ quality: 80, effort: 4 }),
  jpg: (picture) => picture.jpeg({ quality: 82, mozjpeg: true }),
}

/** Pixels of a placeholder's longer side: it is only ever seen enlarged and blurred. */
const PLACEHOLDER = 16

/** A ThumbHash as a picture of some eighty bytes, for a page to show without a script. */
function drawThumbHash(hash: Uint8Array): Promise<Uint8Array> {
  const { w, h, rgba } = thumbHashToRGBA(hash)
  return sharp(rgba, { raw: { width: w, height: h, channels: 4 } })
    .removeAlpha()
    .resize(PLACEHOLDER, PLACEHOLDER, { fit: 'inside' })
    .webp({ quality: 30, effort: 6 })
    .toBuffer()
}

/** Pixels, with nothing else of the picture that they come from. */
type Pixels = { data: Uint8Array; info: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }

/** @throws where anything is wrong with the picture, however little: of a file that was damaged, the rest is too. */
export async function makeVariants(bytes: Uint8Array, type: string): Promise<Made> {
  const options = { failOn: 'warning', limitInputPixels: MOST_PIXELS, sequentialRead: true, pages: 1 } as const
  const { width, height, mediaType, autoOrient } = await sharp(bytes, options).metadata()
  if (mediaType !== type) throw new Error(`The picture is said to be ${type} and is ${mediaType}`)
  if (!width || !height) throw new Error('The picture has no pixels')
  const extent = { width: autoOrient.width, height: autoOrient.height }

  // Decoded once. What is left of it are pixels in sRGB: no profile, no date, no place where it was taken. A cover is
  // printed on paper, so what shows through is white.
  const whole: Pixels = await sharp(bytes, options)
    .autoOrient()
    .resize(LARGEST, LARGEST, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const picture = () => sharp(whole.data, { raw: whole.info })

  const files: Made['files'] = []
  for (const size of sizesOf(extent)) {
    const at = pictureSizeAt(size, extent)
    for (const format of formats) {
      const resized = picture().resize(at.width, at.height, { fit: 'fill' })
      files.push({ name: fileName(size, format), bytes: await encode[format](resized).toBuffer() })
    }
  }
  const small = () => picture().resize(SMALL, SMALL, { fit: 'inside', withoutEnlargement: true }).toColourspace('srgb')
  const opaque = await small().removeAlpha().raw().toBuffer()
  const rgba = await small().ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const thumbHash = rgbaToThumbHash(rgba.info.width, rgba.info.height, rgba.data)
  return {
    ...extent,
    thumbHash,
    placeholder: await drawThumbHash(thumbHash),
    colours: dominantColours(opaque),
    files,
  }
}
