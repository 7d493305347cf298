import { generation } from '@/lib/cache/forget'
import { pool } from '@/lib/db/pool'

/** How often what has a tag has changed, and when last, in milliseconds since the epoch. */
export type Revision = { tag: string; number: string; changedAt: number }

const shared = globalThis as typeof globalThis & {
  syroRevisions?: { generation: number; revisions: Promise<readonly Revision[]> }
}

/**
 * The revisions of all tags. They are read once after each change, of which every process is told: an answer is checked
 * against them without asking the database.
 */
export function readRevisions(): Promise<readonly Revision[]> {
  const now = generation()
  if (shared.syroRevisions?.generation === now) return shared.syroRevisions.revisions
  const revisions = findRevisions()
  const kept = { generation: now, revisions }
  shared.syroRevisions = kept
  // What could not be read is read again.
  revisions.catch(() => {
    if (shared.syroRevisions === kept) shared.syroRevisions = undefined
  })
  return revisions
}

async function findRevisions(): Promise<readonly Revision[]> {
  const { rows } = await pool().query<{ tag: string; number: string; changed_at: Date }>(
    'SELECT tag, number, changed_at FROM revision ORDER BY tag',
  )
  return rows.map(({ tag, number, changed_at }) => ({ tag, number, changedAt: changed_at.getTime() }))
}
