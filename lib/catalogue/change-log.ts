import type { ClientBase } from 'pg'
import type { EntityKind } from './kinds'

/**
 * The log of changed entities, written in the transaction that changes them. The search index applies the changes and
 * deletes them from the log.
 */

/** More changes than this are logged as one change of everything. */
export const MAX_CHANGES = 50_000
/** The kind of a change of everything. */
export const ALL = 'all'

/** Queries for the ids of changed entities of each kind. */
export type ChangeQueries = Record<EntityKind | 'genre', string[]>

export async function noteChanges(client: ClientBase, changed: ChangeQueries): Promise<void> {
  const all = Object.entries(changed)
    .map(
      ([kind, queries]) =>
        `SELECT '${kind}' AS kind, id FROM (${queries.join(' UNION ')}) AS changed WHERE id IS NOT NULL`,
    )
    .join(' UNION ALL ')
  const { rows } = await client.query<{ changes: number }>(
    `SELECT count(*)::int AS changes FROM (${all} LIMIT ${MAX_CHANGES + 1}) AS changes`,
  )
  const isTooMany = (rows[0]?.changes ?? 0) > MAX_CHANGES
  await client.query(
    `INSERT INTO catalogue_change (kind, id) ${isTooMany ? `SELECT '${ALL}', 0` : all} ON CONFLICT DO NOTHING`,
  )
}

/** Logs a change of everything. */
export const noteAll = (client: ClientBase): Promise<unknown> =>
  client.query(`INSERT INTO catalogue_change (kind, id) VALUES ('${ALL}', 0) ON CONFLICT DO NOTHING`)

/** Logs changes of a few albums. */
export async function noteAlbums(client: ClientBase, ids: number[]): Promise<void> {
  await client.query(
    `INSERT INTO catalogue_change (kind, id) SELECT 'album', unnest($1::int[]) ON CONFLICT DO NOTHING`,
    [ids],
  )
}
