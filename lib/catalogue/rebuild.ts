import type { ClientBase } from 'pg'
import { type ChangedRows, everything, refreshFigures } from '@/lib/catalogue/figures/refresh'
import { FIGURES_VERSION } from '@/lib/catalogue/figures/version'
import { rebuildAnchors } from '@/lib/catalogue/lists/anchors'
import { withSession } from '@/lib/db/session'
import { AppError } from '@/lib/errors'
import { noteAll } from './change-log'
import { entityKinds } from './kinds'
import { sortKey, titleSortKey } from './sort-key'

/** Large writes to the catalogue (imports and rebuilds) run one at a time, each in one transaction. Readers never wait. */

/** "SYRO" in ASCII, to avoid collisions with advisory locks of other applications in the database. */
const LOCK_SPACE = 0x5359524f
const CATALOGUE = 1

/** Takes the lock for the rest of the session. @returns false if another process holds it. */
export async function lockCatalogue(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', [
    LOCK_SPACE,
    CATALOGUE,
  ])
  return rows[0]?.locked ?? false
}

/** Whether any process holds the lock. */
export async function isCatalogueLocked(client: Pick<ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    `SELECT EXISTS (
       SELECT FROM pg_locks
       WHERE locktype = 'advisory' AND granted AND classid = $1 AND objid = $2
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locked`,
    [LOCK_SPACE, CATALOGUE],
  )
  return rows[0]?.locked ?? false
}

export const catalogueTables = [
  'artist',
  'artist_external_id',
  'artist_redirect',
  'genre',
  'album',
  'album_credit',
  'album_external_id',
  'album_genre',
  'album_redirect',
  'album_artwork',
  'album_colour',
  'artist_album',
  'contribution',
  'disc',
  'song',
  'song_credit',
  'song_external_id',
  'song_genre',
  'song_redirect',
  'track',
  'playlist',
  'playlist_item',
  'playlist_external_id',
  'playlist_redirect',
  'catalogue',
] as const

/** Begins the transaction of a large write. Other writers wait until its end. */
export async function beginLargeWrite(client: ClientBase): Promise<void> {
  await client.query('BEGIN')
  await client.query(`LOCK TABLE ${catalogueTables.join(', ')} IN SHARE ROW EXCLUSIVE MODE`)
}

const totals = {
  artist_count: 'artist',
  album_count: 'album',
  song_count: 'song',
  genre_count: 'genre',
  playlist_count: 'playlist',
  playlist_item_count: 'playlist_item',
}

/** Recounts the totals of the catalogue. @returns changed rows: 1, or 0 if the totals were right. */
export async function countTotals(client: ClientBase): Promise<number> {
  const columns = Object.keys(totals).join(', ')
  const counts = Object.values(totals).map((table) => `(SELECT count(*)::int FROM ${table})`)
  const { rowCount } = await client.query(`
    UPDATE catalogue SET (${columns}) = ROW (${counts.join(', ')})
    WHERE (${columns}) IS DISTINCT FROM (${counts.join(', ')})`)
  return rowCount ?? 0
}

const sortKeyed = {
  artist: { text: 'sort_name', fold: sortKey },
  album: { text: 'title', fold: titleSortKey },
  song: { text: 'title', fold: titleSortKey },
  playlist: { text: 'name', fold: titleSortKey },
} as const

/** Rows in memory at once. */
const BATCH = 10_000

/** Recomputes the sort keys of a table. @returns the number of changed rows. */
async function recomputeSortKeys(client: ClientBase, table: keyof typeof sortKeyed): Promise<number> {
  const { text, fold } = sortKeyed[table]
  let changed = 0
  for (let last = 0; ; ) {
    const { rows } = await client.query<{ id: number; text: string; key: string }>(
      `SELECT id, ${text} AS text, sort_key AS key FROM ${table} WHERE id > $1 ORDER BY id LIMIT ${BATCH}`,
      [last],
    )
    const wrong = rows.filter((row) => fold(row.text) !== row.key)
    if (wrong.length > 0)
      await client.query(
        `UPDATE ${table} SET sort_key = folded.key FROM unnest($1::int[], $2::text[]) AS folded (id, key)
         WHERE folded.id = ${table}.id`,
        [wrong.map((row) => row.id), wrong.map((row) => fold(row.text))],
      )
    changed += wrong.length
    const end = rows.at(-1)
    if (!end) return changed
    last = end.id
  }
}

/**
 * Recomputes all derived figures and sort keys in one transaction.
 * @returns the number of changed rows by table; empty if all were right.
 */
export async function rebuild(client: ClientBase): Promise<ChangedRows> {
  await beginLargeWrite(client)
  try {
    const rekeyed: ChangedRows = {}
    for (const table of entityKinds) {
      const changed = await recomputeSortKeys(client, table)
      if (changed > 0) rekeyed[table] = changed
    }
    const refreshed = await refreshFigures(client, everything)
    for (const [table, changed] of Object.entries(rekeyed)) refreshed[table] = (refreshed[table] ?? 0) + changed
    const recounted = await countTotals(client)
    await rebuildAnchors(client)
    if (Object.keys(refreshed).length > 0) await noteAll(client)
    await client.query('UPDATE catalogue SET figures_version = $1 WHERE figures_version <> $1', [FIGURES_VERSION])
    await client.query('COMMIT')
    return recounted > 0 ? { ...refreshed, catalogue: recounted } : refreshed
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/**
 * Rebuilds on a connection of its own.
 * @throws AppError "conflict" while an import or another rebuild runs.
 */
export const rebuildAlone = (signal: AbortSignal): Promise<ChangedRows> =>
  withSession('syromusic rebuild', signal, async (client) => {
    if (!(await lockCatalogue(client)))
      throw new AppError('conflict', 'An import or another rebuild is running. Try again when it has ended.')
    return rebuild(client)
  })
