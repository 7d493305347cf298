import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * The format of an API key: "syro_", 256 random bits and a checksum, so that scanners for leaked keys have no false
 * positives and a mistyped key is refused without a lookup.
 */

const MARK = 'syro_'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 62 to the power of 43 is just above 2 to the power of 256. */
const SECRET_DIGITS = 43
/** 62 to the power of 6 is above 2 to the power of 32. */
const CHECKSUM_DIGITS = 6
/** "syro_" and seven digits: enough to distinguish one's own keys, and a sixth of the random part. */
const PREFIX_LENGTH = MARK.length + 7

/** Random bytes in a key. */
export const KEY_BYTES = 32

const WELL_FORMED = new RegExp(`^${MARK}[0-9A-Za-z]{${SECRET_DIGITS + CHECKSUM_DIGITS}}$`)

function inDigits(value: bigint, length: number): string {
  const base = BigInt(DIGITS.length)
  let rest = value
  let digits = ''
  for (let index = 0; index < length; index++) {
    digits = DIGITS[Number(rest % base)] + digits
    rest /= base
  }
  return digits
}

const checksumOf = (body: string): string => inDigits(BigInt(crc32(body)), CHECKSUM_DIGITS)

/** @param random KEY_BYTES random bytes. */
export function makeToken(random: Uint8Array): string {
  const body = MARK + inDigits(BigInt(`0x${Buffer.from(random).toString('hex')}`), SECRET_DIGITS)
  return body + checksumOf(body)
}

/** Whether the text has the form of a key and a valid checksum. */
export const isToken = (text: string): boolean =>
  WELL_FORMED.test(text) && checksumOf(text.slice(0, -CHECKSUM_DIGITS)) === text.slice(-CHECKSUM_DIGITS)

/** The stored hash of a key. 256 random bits need neither salt nor a slow hash. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The first characters, by which an owner recognises a key. */
export const prefixOfToken = (token: string): string => token.slice(0, PREFIX_LENGTH)
