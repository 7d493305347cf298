import { randomBytes } from 'node:crypto'
import { DatabaseError } from 'pg'
import { noteChange } from '@/lib/cache/changes/note'
import { catchUp } from '@/lib/cache/changes/read'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { hashOfToken, KEY_BYTES, makeToken, prefixOfToken } from './token'

/** The maximum of keys per user. */
export const MAX_KEYS = 20
/** How long a revoked key is kept, so that its owner can be found. */
const KEPT_DAYS = 90

/**
 * Makes a key.
 * @returns the key itself, which is not stored.
 * @throws AppError `conflict` if the user has a key of that name or the maximum of keys.
 */
export async function createKey(userId: number, name: string): Promise<string> {
  const token = makeToken(randomBytes(KEY_BYTES))
  try {
    await inTransaction(async (client) => {
      // Serialises concurrent requests of a user, so that the count is right.
      await client.query('SELECT FROM user_account WHERE id = $1 FOR UPDATE', [userId])
      await client.query(
        `DELETE FROM api_key WHERE user_id = $1 AND revoked_at < now() - make_interval(days => ${KEPT_DAYS})`,
        [userId],
      )
      const { rows } = await client.query<{ keys: number }>(
        'SELECT count(*)::int AS keys FROM api_key WHERE user_id = $1 AND revoked_at IS NULL',
        [userId],
      )
      if ((rows[0]?.keys ?? 0) >= MAX_KEYS)
        throw new AppError(
          'conflict',
          `You have reached the maximum of ${MAX_KEYS} keys. Revoke one that you don’t use.`,
        )
      await client.query('INSERT INTO api_key (user_id, name, hash, prefix) VALUES ($1, $2, $3, $4)', [
        userId,
        name,
        hashOfToken(token),
        prefixOfToken(token),
      ])
    })
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === 'api_key_user_id_name_usable')
      throw new AppError('conflict', 'You already have a key with this name. Choose another name.', { cause: error })
    throw error
  }
  return token
}

/** Revokes a key of the user in every process, immediately. @returns whether the key existed. */
export async function revokeKey(userId: number, id: number): Promise<boolean> {
  const isRevoked = await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      'UPDATE api_key SET revoked_at = now() WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL',
      [id, userId],
    )
    await noteChange(client, 'keys')
    return rowCount === 1
  })
  // This process is notified too, but a moment later.
  await catchUp()
  return isRevoked
}

/** @param uses when each key was last used, in milliseconds since the epoch. */
export async function writeUses(uses: Map<number, number>): Promise<void> {
  await pool().query(
    `UPDATE api_key SET last_used_at = greatest(last_used_at, used.at)
     FROM unnest($1::int[], $2::timestamptz[]) AS used (id, at)
     WHERE used.id = api_key.id`,
    [[...uses.keys()], [...uses.values()].map((at) => new Date(at))],
  )
}
