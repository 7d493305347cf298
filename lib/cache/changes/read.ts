import type pg from 'pg'
import { pool } from '@/lib/db/pool'
import { applyChange, type Change, currentMoment, type Restart, type Revision, restartAt } from './recent'

/** Reads the change log from where this process stopped. */

/** After more changes than this, reading all data again is faster than checking it. */
const MAX_MISSED = 10_000

/** Changes to apply, or where to go on if changes in between are unknown. */
export type Missed = { changes: Change[] } | Restart

const shared = globalThis as typeof globalThis & {
  /** The catalogue that this process knows changes of. */
  syroLineage?: string
  /** In the thread of Next.js: asks the listening thread to read the log for both. */
  syroCatchUp?: () => Promise<void>
}

type LogRow = { current: string; lineage: string; number: string | null; changedAt: string; names: string[] }

/** The changes after those that this process knows. One statement, unless it has missed too many. */
export async function readMissed(client: Pick<pg.ClientBase, 'query'>): Promise<Missed> {
  const { at: since } = currentMoment()
  const { rows } = await client.query<LogRow>(
    `SELECT counter.number AS current, lineage, log.number, dependencies AS names,
       (extract(epoch FROM changed_at) * 1000)::bigint AS "changedAt"
     FROM change_counter AS counter LEFT JOIN change_log AS log ON log.number > $1
     ORDER BY log.number LIMIT $2`,
    [since, MAX_MISSED + 1],
  )
  const [first] = rows
  if (!first) throw new Error('The change log has no counter')
  const isKnown = shared.syroLineage === first.lineage && Number(first.current) >= since && rows.length <= MAX_MISSED
  const changes = rows.flatMap(({ number, changedAt, names }) =>
    number === null ? [] : [{ number: Number(number), changedAt: Number(changedAt), names }],
  )
  const isWhole = (changes[0]?.number ?? Number(first.current) + 1) === since + 1
  return isKnown && isWhole ? { changes } : readState(client)
}

type CounterRow = { current: string; lineage: string; tag: string | null; number: string; changedAt: string }

/** The current state, where the changes that led to it are unknown. */
export async function readState(client: Pick<pg.ClientBase, 'query'>): Promise<Restart> {
  const { rows } = await client.query<CounterRow>(
    `SELECT counter.number AS current, lineage, tag, revision.number, (extract(epoch FROM changed_at) * 1000)::bigint AS "changedAt"
     FROM change_counter AS counter LEFT JOIN revision ON true`,
  )
  if (rows[0]) shared.syroLineage = rows[0].lineage
  return {
    epoch: currentMoment().epoch + 1,
    number: Number(rows[0]?.current ?? 0),
    revisions: rows.flatMap(({ tag, number, changedAt }): [string, Revision][] =>
      tag === null ? [] : [[tag, { number: Number(number), changedAt: Number(changedAt) }]],
    ),
  }
}

/** Applies changes in this thread. */
export function apply(missed: Missed): void {
  if ('epoch' in missed) restartAt(missed)
  else for (const change of missed.changes) applyChange(change)
}

/**
 * Makes sure that this process knows all changes that were committed before the call: a writer calls it, so that the next
 * request shows the write.
 */
export async function catchUp(): Promise<void> {
  try {
    if (shared.syroCatchUp) await shared.syroCatchUp()
    else apply(await readMissed(pool()))
  } catch {
    // Without the database: the write is committed, and the log is read when the connection is back.
  }
}

/** For the thread of Next.js. */
export function catchUpBy(ask: () => Promise<void>): void {
  shared.syroCatchUp = ask
}
