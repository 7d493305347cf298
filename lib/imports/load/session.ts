import type { ClientBase, QueryResult, QueryResultRow } from 'pg'
import type { EntityKey } from '@/lib/imports/reader'

export type Entity = EntityKey['entity']
export const entities = ['artist', 'song', 'album', 'playlist'] as const satisfies Entity[]

/** How keys become ids. `foreign`: by external ids. `own`: they are this catalogue's ids, in its own export. */
export type Lineage = 'foreign' | 'own'

/** The transaction of an import, after all rows are staged. */
export type Session = {
  client: ClientBase
  source: string
  lineage: Lineage
  /** Invalid rows are rejected; otherwise the first fails the import. */
  skipInvalid: boolean
  /** Several rows may describe one thing, as in formats with one track per row. */
  isShared: boolean
}

/** A step of a load. `share` is its approximate time for a million songs, in seconds, for the progress bar. */
export type Step = { what: string; share: number; run: (session: Session) => Promise<unknown> }

/** Runs a statement; `$1` is the source. */
export function run<Row extends QueryResultRow>(session: Session, statement: string): Promise<QueryResult<Row>> {
  return session.client.query<Row>(statement, statement.includes('$1') ? [session.source] : [])
}

/** Makes a temporary table from a SELECT, with statistics for the planner. @returns its number of rows. */
export async function makeTable(session: Session, name: string, select: string): Promise<number> {
  const { rowCount } = await run(session, `CREATE TEMP TABLE ${name} AS ${select}`)
  await session.client.query(`ANALYZE ${name}`)
  return rowCount ?? 0
}

/** SQL: whether a row of a staging table lacks a field. */
export const isAbsent = (field: string, absent = 'absent'): string => `'${field}' = ANY (${absent})`

/** SQL: a key as an id of this catalogue; null if it is not a valid id. */
export const toId = (key: string): string =>
  `CASE WHEN ${key} ~ '^[1-9][0-9]{0,9}$' AND ${key}::bigint <= 2147483647 THEN ${key}::int END`

/** A SELECT of `key` and `id`: known things with the keys in the table `keys`. */
export const findByKey = (entity: Entity, { lineage }: Session, keys: string): string =>
  lineage === 'own'
    ? `SELECT keys.key, ${entity}.id FROM ${keys} AS keys JOIN ${entity} ON ${entity}.id = ${toId('keys.key')}`
    : `SELECT keys.key, known.${entity}_id AS id
       FROM ${keys} AS keys JOIN ${entity}_external_id AS known ON known.source = $1 AND known.value = keys.key`
