import { randomBytes } from 'node:crypto'
import type { ClientBase } from 'pg'
import { noteChange } from '@/lib/cache/changes/note'
import { catchUp } from '@/lib/cache/changes/read'
import type { UserRole } from '@/lib/db/generated/enums'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'

/** Bytes of the secret that signs session cookies. */
const SECRET_BYTES = 32

/** The site's secret, created on first use and shared by all processes. */
export async function siteSecret(): Promise<string> {
  const value = randomBytes(SECRET_BYTES).toString('base64url')
  await pool().query('INSERT INTO site_secret (value) VALUES ($1) ON CONFLICT DO NOTHING', [value])
  const { rows } = await pool().query<{ value: string }>('SELECT value FROM site_secret')
  return rows[0]?.value ?? ''
}

/** Marks an address as verified. @returns whether the account exists. */
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

/** Sets a role, effective from the next request. @returns whether the account exists. */
export async function setRole(email: string, role: UserRole): Promise<boolean> {
  const isChanged = await inTransaction(async (client) => {
    const { rowCount } = await client.query('UPDATE user_account SET role = $2, updated_at = now() WHERE email = $1', [
      email,
      role,
    ])
    await noteChange(client, 'keys')
    return rowCount === 1
  })
  await catchUp()
  return isChanged
}

/**
 * Deletes an account with its sessions, keys and links, effective immediately in all processes.
 * @returns whether the account exists.
 */
export async function deleteAccount(email: string): Promise<boolean> {
  const isDeleted = await inTransaction(async (client) => {
    const { rows } = await client.query<{ id: number }>('DELETE FROM user_account WHERE email = $1 RETURNING id', [
      email,
    ])
    await client.query('DELETE FROM user_token WHERE value = $1', [String(rows[0]?.id)])
    await noteChange(client, 'keys')
    return rows.length === 1
  })
  await catchUp()
  return isDeleted
}

/** Whether a link is valid. @param identifier hashed, as stored. */
export async function isUsableToken(identifier: string): Promise<boolean> {
  const { rowCount } = await pool().query('SELECT FROM user_token WHERE identifier = $1 AND expires_at > now()', [
    identifier,
  ])
  return rowCount === 1
}

/**
 * Sets a password by a link and, in the same transaction, ends all links and sessions of the account, which a stranger may
 * hold. The link proves access to the mailbox, so the address is verified.
 * @param identifier of the link, hashed.
 * @param hash of the password.
 * @returns the user; null, without changes, if the link is invalid.
 */
export const setPasswordByToken = (identifier: string, hash: string): Promise<{ email: string } | null> =>
  inTransaction(async (client) => {
    // If two links of one account are used concurrently, the second waits here and is then deleted.
    await client.query(
      'SELECT FROM user_account WHERE id = (SELECT value::int FROM user_token WHERE identifier = $1) FOR UPDATE',
      [identifier],
    )
    const { rows } = await client.query<{ id: number; email: string }>(
      `UPDATE user_account SET email_verified = true, updated_at = now()
       WHERE id = (SELECT value::int FROM user_token WHERE identifier = $1 AND expires_at > now()) RETURNING id, email`,
      [identifier],
    )
    const [user] = rows
    if (!user) return null
    await deleteTokens(user.id, client)
    await client.query('DELETE FROM user_session WHERE user_id = $1', [user.id])
    await client.query(
      `INSERT INTO user_credential (user_id, provider_id, account_id, password) VALUES ($1::int, 'credential', $1::int::text, $2)
       ON CONFLICT (provider_id, account_id) DO UPDATE SET password = excluded.password, updated_at = now()`,
      [user.id, hash],
    )
    return { email: user.email }
  })

/** Deletes all links of an account. */
export async function deleteTokens(userId: number, client: Pick<ClientBase, 'query'> = pool()): Promise<void> {
  await client.query('DELETE FROM user_token WHERE value = $1', [String(userId)])
}

/** Deletes expired sessions. */
export async function deleteEndedSessions(): Promise<void> {
  await pool().query('DELETE FROM user_session WHERE expires_at < now()')
}
