/**
 * Which bytes a request wants of a file (RFC 9110, 14.1.2). Of several ranges at once all of the file is sent, as a server
 * may: no browser asks for them of a picture.
 */

/** The first byte and the last. */
export type Range = { first: number; last: number }

/**
 * @param value of the field Range.
 * @returns null for all of it: no range, or one that is to be ignored; "none" where the file has no byte of it.
 */
export function rangeOf(value: string | undefined, length: number): Range | 'none' | null {
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(value ?? '') ?? []
  if (from === '' && to === '') return null
  if (from === '') {
    const count = Math.min(Number(to), length)
    return count === 0 ? 'none' : { first: length - count, last: length - 1 }
  }
  const first = Number(from)
  const last = to === '' ? length - 1 : Math.min(Number(to), length - 1)
  // One that ends before it begins is no range at all.
  if (to !== '' && Number(to) < first) return null
  return first >= length ? 'none' : { first, last }
}
