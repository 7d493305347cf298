/**
 * What kind of picture bytes are, told by how they begin and never by what somebody calls them. Those are taken that
 * browsers show and that covers come in. Not taken: SVG, which is a program (scripts, other files, any amount of memory);
 * TIFF, PSD and raw formats, which are for workshops and have decoders of many faults; HEIC, whose codec is patented and
 * not in libvips as it comes; PDF.
 */

/** Media types that are taken, and how the bytes of each begin: at an offset, as hex. */
const beginnings: { type: string; at: number; bytes: string }[] = [
  { type: 'image/jpeg', at: 0, bytes: 'ffd8ff' },
  { type: 'image/png', at: 0, bytes: '89504e470d0a1a0a' },
  { type: 'image/gif', at: 0, bytes: Buffer.from('GIF87a').toString('hex') },
  { type: 'image/gif', at: 0, bytes: Buffer.from('GIF89a').toString('hex') },
  { type: 'image/webp', at: 8, bytes: Buffer.from('WEBP').toString('hex') },
  // ISO/IEC 23008-12: the major brand of a still picture, and that of a sequence, of which the first is taken.
  { type: 'image/avif', at: 4, bytes: Buffer.from('ftypavif').toString('hex') },
  { type: 'image/avif', at: 4, bytes: Buffer.from('ftypavis').toString('hex') },
]

/** Media types that are taken. */
export const TAKEN_TYPES = [...new Set(beginnings.map(({ type }) => type))]

/** In words. */
export const TAKEN = 'JPEG, PNG, WebP, AVIF and GIF'

/** The media type of a picture's bytes; null where they are none that is taken. */
export function typeOf(bytes: Uint8Array): string | null {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return beginnings.find(({ at, bytes }) => beginning.startsWith(bytes, at * 2))?.type ?? null
}
