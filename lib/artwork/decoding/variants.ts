import sharp, { type Sharp } from 'sharp'
import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash'
import { dominantColours } from '@/lib/artwork/colours/dominant'
import { type Format, fileName, formats, pictureSizeAt, SIZES, sizesOf } from '@/lib/catalogue/artwork/variants'
import { MAX_PIXELS } from './limits'
import type { ProcessedPicture } from './messages'

/** Makes the variants of a picture. Runs in a process of its own (child.ts), because decoders have bugs. */

// No cache: each picture is decoded once. One thread: there is one process per processor.
sharp.cache(false)
sharp.concurrency(1)
// Only the decoders of accepted formats: libvips has a hundred.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`),
})

const LARGEST = SIZES[SIZES.length - 1] ?? 0
/** The longer side, in pixels, of the picture that colours are computed from. */
const SMALL = 64

/**
 * Without visible loss on a cover; WebP and AVIF files are about half and a third of the JPEG's size. AVIF takes most of the
 * time: effort 2 takes a third of the default's time for 5% more bytes.
 */
const encode: Record<Format, (picture: Sharp) => Sharp> = {
  avif: (picture) => picture.avif({ quality: 55, effort: 2 }),
  webp: (picture) => picture.webp({ quality: 80, effort: 4 }),
  jpg: (picture) => picture.jpeg({ quality: 82, mozjpeg: true }),
}

/** A placeholder's longer side in pixels: it is shown enlarged and blurred. */
const PLACEHOLDER = 16

/** A ThumbHash as a picture of about 80 bytes, which a page shows without a script. */
function drawThumbHash(hash: Uint8Array): Promise<Uint8Array> {
  const { w, h, rgba } = thumbHashToRGBA(hash)
  return sharp(rgba, { raw: { width: w, height: h, channels: 4 } })
    .removeAlpha()
    .resize(PLACEHOLDER, PLACEHOLDER, { fit: 'inside' })
    .webp({ quality: 30, effort: 6 })
    .toBuffer()
}

/** Raw pixels, without metadata. */
type Pixels = { data: Uint8Array; info: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }

/** @throws on the slightest decoder warning: the rest of a damaged file is damaged too. */
export async function makeVariants(bytes: Uint8Array, type: string): Promise<ProcessedPicture> {
  const options = { failOn: 'warning', limitInputPixels: MAX_PIXELS, sequentialRead: true, pages: 1 } as const
  const { width, height, mediaType, autoOrient } = await sharp(bytes, options).metadata()
  if (mediaType !== type) throw new Error(`The declared type is ${type}, but the picture is ${mediaType}`)
  if (!width || !height) throw new Error('The picture has no pixels')
  const dimensions = { width: autoOrient.width, height: autoOrient.height }

  // Decoded once, to sRGB pixels without metadata (profile, date, location). Transparency becomes white, as on paper.
  const whole: Pixels = await sharp(bytes, options)
    .autoOrient()
    .resize(LARGEST, LARGEST, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const picture = () => sharp(whole.data, { raw: whole.info })

  const files: ProcessedPicture['files'] = []
  for (const size of sizesOf(dimensions)) {
    const at = pictureSizeAt(size, dimensions)
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
    ...dimensions,
    thumbHash,
    placeholder: await drawThumbHash(thumbHash),
    colours: dominantColours(opaque),
    files,
  }
}
