import type { ClientBase } from 'pg'
import type { EntityKind } from './kinds'

/**
 * What has changed in the catalogue, written down in the transaction that changes it, for what is made of the catalogue
 * elsewhere: the index of what is searched. Whoever has taken a change in removes it.
 */

/** More than so many are one: everything. */
export const MOST_CHANGES = 50_000
/** Its kind. */
export const ALL = 'all'

/** Queries for the ids of what has changed, of each kind of thing. */
export type Changed = Record<EntityKind | 'genre', string[]>

export async function noteChanges(client: ClientBase, changed: Changed): Promise<void> {
  const all = Object.entries(changed)
    .map(([kind, of]) => `SELECT '${kind}' AS kind, id FROM (${of.join(' UNION ')}) AS changed WHERE id IS NOT NULL`)
    .join(' UNION ALL ')
  const { rows } = await client.query<{ changes: number }>(
    `SELECT count(*)::int AS changes FROM (${all} LIMIT ${MOST_CHANGES + 1}) AS changes`,
  )
  const isMuch = (rows[0]?.changes ?? 0) > MOST_CHANGES
  await client.query(
    `INSERT INTO catalogue_change (kind, id) ${isMuch ? `SELECT '${ALL}', 0` : all} ON CONFLICT DO NOTHING`,
  )
}

/** More than is worth list. */
export const noteAll = (client: ClientBase): Promise<unknown> =>
  client.query(`INSERT INTO catalogue_change (kind, id) VALUES ('${ALL}', 0) ON CONFLICT DO NOTHING`)

/** A few albums that have changed beside what they are called: their colours. */
export async function noteAlbums(client: ClientBase, ids: number[]): Promise<void> {
  await client.query(
    `INSERT INTO catalogue_change (kind, id) SELECT 'album', unnest($1::int[]) ON CONFLICT DO NOTHING`,
    [ids],
  )
}
