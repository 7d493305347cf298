import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/**
 * Cursors: where in a list a page begins, as the sort key and id of the row beside it. They are signed, so that one that
 * was not given out is refused, and they are bound to the list, its filters and its order.
 */

export type Position = {
  /** The sort key; a number of up to 64 bits as its digits. */
  key: string
  id: number
  /** On which side of that row the page lies. */
  side: 'after' | 'before'
}

const Packed = z.tuple([z.string(), z.int(), z.enum(['after', 'before'])])

/** 128 bits, which nobody guesses. */
const SIGNATURE_BYTES = 16

const signatureOf = (payload: string, list: string, secret: string): string =>
  createHmac('sha256', secret).update(`${list}\n${payload}`).digest().subarray(0, SIGNATURE_BYTES).toString('base64url')

/** @param list names the list with its filters and order. */
export function writeCursor({ key, id, side }: Position, list: string, secret: string): string {
  const payload = Buffer.from(JSON.stringify([key, id, side])).toString('base64url')
  return `${payload}.${signatureOf(payload, list, secret)}`
}

/** @returns null for one that was not given out for this list. */
export function readCursor(cursor: string, list: string, secret: string): Position | null {
  const [payload = '', signature = '', ...more] = cursor.split('.')
  // As text: what Base64 leaves unread would be another cursor for the same place.
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(payload, list, secret))]
  if (more.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null
  const [key, id, side] = Packed.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  return { key, id, side }
}
