import { FORMATS, type Format, formats, SIZES, type Size } from '@/lib/catalogue/artwork/variants'

/** The parts of an address below /artwork/. */
export type PictureAddress = { hash: string; size: Size; format: Format }

export const isArtwork = (url: string): boolean => url.startsWith('/artwork/')

const ADDRESS = new RegExp(`^/artwork/([0-9a-f]{64})/(${SIZES.join('|')})\\.(${formats.join('|')})$`)

/** Parses the path of a variant; null for any other path. */
export function parsePictureAddress(pathname: string): PictureAddress | null {
  const [, hash, number, ending] = ADDRESS.exec(pathname) ?? []
  const size = SIZES.find((each) => String(each) === number)
  const format = formats.find((each) => each === ending)
  return hash !== undefined && size && format ? { hash, size, format } : null
}

const DRAWN = /^\/artwork\/drawn\/([1-9]\d{0,9})-([0-9a-f]{8})\.png$/

/** Parses the path of a generated cover; null for any other path. */
export function parseDrawnAddress(pathname: string): { albumId: number; mark: string } | null {
  const [, id, mark] = DRAWN.exec(pathname) ?? []
  const albumId = Number(id)
  return mark !== undefined && albumId <= MAX_ID ? { albumId, mark } : null
}

/** The largest id that PostgreSQL's `integer` holds. */
const MAX_ID = 2_147_483_647

export const mediaTypeOf = (format: Format): string => FORMATS[format]
