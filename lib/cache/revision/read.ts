import { generation, isListening } from '@/lib/cache/forget'
import { pool } from '@/lib/db/pool'

/** How often the data with a tag has changed, and when last, in milliseconds since the epoch. */
export type Revision = { tag: string; number: string; changedAt: number }

type RevisionsRead = {
  generation: number
  revisions: Promise<readonly Revision[]>
  /** The result, once it is known. */
  found?: readonly Revision[]
}

const shared = globalThis as typeof globalThis & { syroRevisions?: RevisionsRead }

/**
 * The revisions of all tags. They are read once after each change that the process hears of, so a response is
 * revalidated without a query. A process that hears no changes reads them each time. If the database is unavailable,
 * the last result counts.
 */
export function readRevisions(): Promise<readonly Revision[]> {
  const now = generation()
  const last = shared.syroRevisions?.generation === now ? shared.syroRevisions : undefined
  if (last && (isListening() || !last.found)) return last.revisions
  const read: RevisionsRead = { generation: now, revisions: findRevisions() }
  shared.syroRevisions = read
  read.revisions = read.revisions.then(
    (found) => {
      read.found = found
      return found
    },
    (error) => {
      // A failed read is retried.
      if (shared.syroRevisions === read) shared.syroRevisions = last
      if (last?.found) return last.found
      throw error
    },
  )
  return read.revisions
}

/** Names the current state of all data. */
export const readState = async (): Promise<string> =>
  (await readRevisions()).map(({ tag, number, changedAt }) => `${tag} ${number} ${changedAt}`).join()

async function findRevisions(): Promise<readonly Revision[]> {
  const { rows } = await pool().query<{ tag: string; number: string; changed_at: Date }>(
    'SELECT tag, number, changed_at FROM revision ORDER BY tag',
  )
  return rows.map(({ tag, number, changed_at }) => ({ tag, number, changedAt: changed_at.getTime() }))
}
