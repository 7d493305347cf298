import { randomBytes } from 'node:crypto'
import { forget, forgetHere } from '@/lib/cache/forget'
import type { UserRole } from '@/lib/db/generated/enums'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'

/** Bytes of the secret that signs the cookies of sessions. */
const SECRET_BYTES = 32

/** The site's own secret, made when it is first asked for; the same in every process. */
export async function siteSecret(): Promise<string> {
  const value = randomBytes(SECRET_BYTES).toString('base64url')
  await pool().query('INSERT INTO site_secret (value) VALUES ($1) ON CONFLICT DO NOTHING', [value])
  const { rows } = await pool().query<{ value: string }>('SELECT value FROM site_secret')
  return rows[0]?.value ?? ''
}

/** Notes that somebody can read what is sent to their address. @returns whether there is such an account. */
export async function markVerified(email: string): Promise<boolean> {
  const { rowCount } = await pool().query(
    'UPDATE user_account SET email_verified = true, updated_at = now() WHERE email = $1',
    [email],
  )
  return rowCount === 1
}

export async function rename(id: number, name: string): Promise<void> {
  await pool().query('UPDATE user_account SET name = $2, updated_at = now() WHERE id = $1', [id, name])
}

/** Gives somebody a role; it counts from their next request. @returns whether there is such an account. */
export async function setRole(email: string, role: UserRole): Promise<boolean> {
  const isChanged = await inTransaction(async (client) => {
    const { rowCount } = await client.query('UPDATE user_account SET role = $2, updated_at = now() WHERE email = $1', [
      email,
      role,
    ])
    await forget(client, ['keys'])
    return rowCount === 1
  })
  forgetHere(['keys'])
  return isChanged
}

/**
 * Deletes an account with its sessions, its keys and the links that it was given, for every process at once.
 * @returns whether there is such an account.
 */
export async function deleteAccount(email: string): Promise<boolean> {
  const isDeleted = await inTransaction(async (client) => {
    const { rows } = await client.query<{ id: number }>('DELETE FROM user_account WHERE email = $1 RETURNING id', [
      email,
    ])
    await client.query('DELETE FROM user_token WHERE value = $1', [String(rows[0]?.id)])
    await forget(client, ['keys'])
    return rows.length === 1
  })
  forgetHere(['keys'])
  return isDeleted
}

/** Clears away sessions that have ended by themselves. */
export async function deleteEndedSessions(): Promise<void> {
  await pool().query('DELETE FROM user_session WHERE expires_at < now()')
}
