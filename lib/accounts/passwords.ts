import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * Passwords are kept as scrypt makes them, written as a PHC string so that the costs can be raised later. They are those
 * that OWASP's Password Storage Cheat Sheet names for 32 MiB: N = 2^15, r = 8, p = 3, some 300 ms on a small machine. (The
 * library's own choice, N = 2^14 and r = 16 with p = 1, is half of that work.)
 */
const COSTS = { ln: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32

const WRITTEN = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** In characters. NIST SP 800-63B asks for 8 at least, and for 64 to be allowed. */
export const PASSWORD_LENGTH = { min: 10, max: 128 }

type Costs = typeof COSTS

function derive(password: string, salt: Buffer, { ln, r, p }: Costs, length: number): Promise<Buffer> {
  const N = 2 ** ln
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
  // One password typed on two keyboards may come in two forms.
  const text = password.normalize('NFKC')
  return new Promise((resolve, reject) =>
    scrypt(text, salt, length, options, (error, key) => (error ? reject(error) : resolve(key))),
  )
}

const inBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

export async function hashPassword(password: string, costs = COSTS): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, costs, HASH_BYTES)
  return `$scrypt$ln=${costs.ln},r=${costs.r},p=${costs.p}$${inBase64(salt)}$${inBase64(hash)}`
}

/** @throws an Error where `hash` is none of ours. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [, ln, r, p, salt = '', written = ''] = WRITTEN.exec(hash) ?? []
  if (!written) throw new Error('A password is kept in a form that nobody knows')
  const expected = Buffer.from(written, 'base64')
  const costs = { ln: Number(ln), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), costs, expected.length), expected)
}
