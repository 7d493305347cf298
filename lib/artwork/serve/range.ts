/** The first byte and the last, both included. */
export type Range = { first: number; last: number }

/**
 * Parses a Range header (RFC 9110, 14.1.2). Several ranges get the whole file: no browser requests them for a picture.
 * @param value of the Range header.
 * @returns null for the whole file (no range, or one to ignore); "none" if the range is past the end.
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
  // A range that ends before it begins is ignored.
  if (to !== '' && Number(to) < first) return null
  return first >= length ? 'none' : { first, last }
}
