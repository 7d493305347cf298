import { FORMATS, type Format, formats, SIZES, type Size } from '@/lib/catalogue/artwork/variants'

/** What an address below /artwork/ asks for. */
export type Asked = { hash: string; size: Size; format: Format }

/** Whether an address, as a request has it, is one of pictures. */
export const isArtwork = (url: string): boolean => url.startsWith('/artwork/')

const ADDRESS = new RegExp(`^/artwork/([0-9a-f]{64})/(${SIZES.join('|')})\\.(${formats.join('|')})$`)

/** What a path asks for; null where no picture can be there, whatever was taken. */
export function askedFor(pathname: string): Asked | null {
  const [, hash, number, ending] = ADDRESS.exec(pathname) ?? []
  const size = SIZES.find((each) => String(each) === number)
  const format = formats.find((each) => each === ending)
  return hash !== undefined && size && format ? { hash, size, format } : null
}

const DRAWN = /^\/artwork\/drawn\/([1-9]\d{0,9})-([0-9a-f]{8})\.png$/

/** The generated cover that a path asks for, of which album and which drawing; null for any other path. */
export function drawnFor(pathname: string): { albumId: number; mark: string } | null {
  const [, id, mark] = DRAWN.exec(pathname) ?? []
  const albumId = Number(id)
  return mark !== undefined && albumId <= MOST_ID ? { albumId, mark } : null
}

/** The largest id that PostgreSQL's `integer` holds. */
const MOST_ID = 2_147_483_647

/** The media type of a format. */
export const typeOf = (format: Format): string => FORMATS[format]
