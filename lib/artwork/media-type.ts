/**
 * Detects a picture's media type from its first bytes, never from its name or declared type. Accepted are the formats that
 * browsers show. Not accepted: SVG, which can run scripts and load other files; TIFF, PSD and raw formats, whose decoders
 * have many bugs; HEIC, whose patented codec is not in libvips; PDF.
 */

/** The accepted media types and their signatures: hex bytes at an offset. */
const beginnings: { type: string; at: number; bytes: string }[] = [
  { type: 'image/jpeg', at: 0, bytes: 'ffd8ff' },
  { type: 'image/png', at: 0, bytes: '89504e470d0a1a0a' },
  { type: 'image/gif', at: 0, bytes: Buffer.from('GIF87a').toString('hex') },
  { type: 'image/gif', at: 0, bytes: Buffer.from('GIF89a').toString('hex') },
  { type: 'image/webp', at: 8, bytes: Buffer.from('WEBP').toString('hex') },
  // ISO/IEC 23008-12: the major brands of a still picture and of a sequence, whose first picture is used.
  { type: 'image/avif', at: 4, bytes: Buffer.from('ftypavif').toString('hex') },
  { type: 'image/avif', at: 4, bytes: Buffer.from('ftypavis').toString('hex') },
]

export const ACCEPTED_TYPES = [...new Set(beginnings.map(({ type }) => type))]

/** The accepted formats, for messages. */
export const ACCEPTED = 'JPEG, PNG, WebP, AVIF or GIF'

/** The media type of a picture; null if it is not accepted. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return beginnings.find(({ at, bytes }) => beginning.startsWith(bytes, at * 2))?.type ?? null
}
