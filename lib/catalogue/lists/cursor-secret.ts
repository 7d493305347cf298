import type pg from 'pg'
import { pool } from '@/lib/db/pool'
import { AppError } from '@/lib/errors'

const shared = globalThis as typeof globalThis & { syroCursorSecret?: { pool: pg.Pool; secret: Promise<string> } }

/** The key that signs cursors, shared by all instances. Read once. */
export function cursorSecret(): Promise<string> {
  const open = pool()
  if (shared.syroCursorSecret?.pool === open) return shared.syroCursorSecret.secret
  const secret = open
    .query<{ secret: string }>('SELECT cursor_secret::text AS secret FROM catalogue')
    .then(({ rows: [row] }) => {
      if (!row) throw new AppError('unavailable', 'There is no catalogue yet.')
      return row.secret
    })
  const entry = { pool: open, secret }
  shared.syroCursorSecret = entry
  // A failed read is retried by the next caller.
  secret.catch(() => {
    if (shared.syroCursorSecret === entry) shared.syroCursorSecret = undefined
  })
  return secret
}
