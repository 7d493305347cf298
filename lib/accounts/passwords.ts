import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * Passwords are hashed with scrypt and stored as PHC strings, so that the costs can be raised later. The costs are those of
 * OWASP's Password Storage Cheat Sheet for 32 MiB: N = 2^15, r = 8, p = 3, about 300 ms on a small machine. (better-auth's
 * default, N = 2^14, r = 16, p = 1, is half of that work.)
 */
const COSTS = { ln: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32

const WRITTEN = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** In characters. NIST SP 800-63B requires at least 8, and 64 to be allowed. */
export const PASSWORD_LENGTH = { min: 10, max: 128 }

type Costs = typeof COSTS

function derive(password: string, salt: Buffer, { ln, r, p }: Costs, length: number): Promise<Buffer> {
  const N = 2 ** ln
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r }
  // Keyboards may enter the same password in different Unicode forms.
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

/** @throws Error if `hash` has another format. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [, ln, r, p, salt = '', written = ''] = WRITTEN.exec(hash) ?? []
  if (!written) throw new Error('A stored password has an unknown format')
  const expected = Buffer.from(written, 'base64')
  const costs = { ln: Number(ln), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), costs, expected.length), expected)
}
