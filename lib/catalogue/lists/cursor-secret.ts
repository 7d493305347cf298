import type pg from 'pg'
import { pool } from '@/lib/db/pool'
import { AppError } from '@/lib/errors'

const shared = globalThis as typeof globalThis & { syroCursorSecret?: { pool: pg.Pool; secret: Promise<string> } }

/** What this catalogue's cursors are signed with, on every instance. Read once. */
export function cursorSecret(): Promise<string> {
  const open = pool()
  if (shared.syroCursorSecret?.pool === open) return shared.syroCursorSecret.secret
  const secret = open
    .query<{ secret: string }>('SELECT cursor_secret::text AS secret FROM catalogue')
    .then(({ rows: [row] }) => {
      if (!row) throw new AppError('unavailable', 'There is no catalogue yet.')
      return row.secret
    })
  const kept = { pool: open, secret }
  shared.syroCursorSecret = kept
  // What could not be read is read again.
  secret.catch(() => {
    if (shared.syroCursorSecret === kept) shared.syroCursorSecret = undefined
  })
  return secret
}
