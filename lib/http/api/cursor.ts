import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/**
 * A cursor names the beginning of a page by the sort key and id of the row next to it. Cursors are signed, so that
 * clients can't make them up, and bound to the list, its filters and its order.
 */

export type Position = {
  /** The sort key; a number of up to 64 bits as its digits. */
  key: string
  id: number
  /** The side of that row on which the page lies. */
  side: 'after' | 'before'
}

const Packed = z.tuple([z.string(), z.int(), z.enum(['after', 'before'])])

/** 128 bits: too many to guess. */
const SIGNATURE_BYTES = 16

const signatureOf = (payload: string, list: string, secret: string): string =>
  createHmac('sha256', secret).update(`${list}\n${payload}`).digest().subarray(0, SIGNATURE_BYTES).toString('base64url')

/** @param list names the list with its filters and order. */
export function writeCursor({ key, id, side }: Position, list: string, secret: string): string {
  const payload = Buffer.from(JSON.stringify([key, id, side])).toString('base64url')
  return `${payload}.${signatureOf(payload, list, secret)}`
}

/** @returns null for a cursor that was not issued for this list. */
export function readCursor(cursor: string, list: string, secret: string): Position | null {
  const [payload = '', signature = '', ...more] = cursor.split('.')
  // Compared as text: Base64 ignores some bits, so different texts could name the same place.
  const [actual, expected] = [Buffer.from(signature), Buffer.from(signatureOf(payload, list, secret))]
  if (more.length > 0 || actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null
  const [key, id, side] = Packed.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  return { key, id, side }
}
