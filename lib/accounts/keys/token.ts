import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * What an API key looks like: "syro_", 256 random bits, and a checksum, so that a program which searches texts for leaked
 * keys is never wrong, and a mistyped key is refused without a look-up.
 */

const MARK = 'syro_'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 62 to the power of 43 is just above 2 to the power of 256. */
const SECRET_DIGITS = 43
/** 62 to the power of 6 is above 2 to the power of 32. */
const CHECKSUM_DIGITS = 6
/** "syro_" and seven digits: enough to tell one's own keys apart, and a sixth of what would be needed to guess one. */
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

/** Whether the text could be a key: its form is right, and its checksum. */
export const isToken = (text: string): boolean =>
  WELL_FORMED.test(text) && checksumOf(text.slice(0, -CHECKSUM_DIGITS)) === text.slice(-CHECKSUM_DIGITS)

/** By what a key is found again. So many random bits need neither salt nor slowness. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The first characters, by which its owner knows a key again. */
export const prefixOfToken = (token: string): string => token.slice(0, PREFIX_LENGTH)
