import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { emailKey } from '@/lib/accounts/sign-in-attempts'

/**
 * The cookie of a browser that has signed in before (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). It is
 * no session: attempts from this browser are counted separately, so that strangers with wrong passwords can't lock out the
 * owner of an account. It is signed, and reveals an account only to those who know its address.
 */

export const DEVICE_COOKIE = 'syro_device'

/** Browsers keep cookies for at most 400 days. */
const DAYS = 400
export const DEVICE_SECONDS = DAYS * 24 * 60 * 60

/** The maximum of accounts per browser. */
const MAX_ACCOUNTS = 8
const NONCE_BYTES = 16

/** Nonce, creation time (in seconds, base 36) and signature; entries are separated by "~". */
const ENTRY = /^([\w-]{22})\.([0-9a-z]{1,8})\.([\w-]{43})$/

const sign = (secret: string, email: string, nonce: string, at: string): string =>
  createHmac('sha256', secret)
    .update(`syro-device ${emailKey(email)} ${nonce} ${at}`)
    .digest('base64url')

const entriesOf = (cookie: string): string[] => cookie.split('~', MAX_ACCOUNTS)

/** The browser's id in an entry; undefined if it belongs to another account or is too old. */
function nameIn(entry: string, secret: string, email: string, now: number): string | undefined {
  const [, nonce = '', at = '', signature = ''] = ENTRY.exec(entry) ?? []
  if (!nonce || Number.parseInt(at, 36) + DEVICE_SECONDS < now / 1000) return undefined
  const expected = sign(secret, email, nonce, at)
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected)) ? nonce : undefined
}

/**
 * @param cookie as sent by the browser.
 * @param now in milliseconds since the epoch.
 * @returns the id of a browser that has signed in to the account before; undefined for any other.
 */
export function deviceOf(cookie: string, secret: string, email: string, now = Date.now()): string | undefined {
  for (const entry of entriesOf(cookie)) {
    const name = nameIn(entry, secret, email, now)
    if (name) return name
  }
  return undefined
}

/** The entries of other accounts. */
const entriesOfOthers = (cookie: string, secret: string, email: string, now: number): string[] =>
  entriesOf(cookie).filter((entry) => ENTRY.test(entry) && !nameIn(entry, secret, email, now))

/** The cookie without the entry of an account; empty if none is left. */
export const withoutDevice = (cookie: string, secret: string, email: string, now = Date.now()): string =>
  entriesOfOthers(cookie, secret, email, now).join('~')

/** The cookie after a sign-in, with the entries of other accounts. */
export function withDevice(cookie: string, secret: string, email: string, now = Date.now()): string {
  const others = entriesOfOthers(cookie, secret, email, now)
  const nonce = randomBytes(NONCE_BYTES).toString('base64url')
  const at = Math.floor(now / 1000).toString(36)
  return [`${nonce}.${at}.${sign(secret, email, nonce, at)}`, ...others].slice(0, MAX_ACCOUNTS).join('~')
}
