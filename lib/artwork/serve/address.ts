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

/** The media type of a format. */
export const typeOf = (format: Format): string => FORMATS[format]
