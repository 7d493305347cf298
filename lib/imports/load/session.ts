import type { ClientBase, QueryResult, QueryResultRow } from 'pg'
import type { Named } from '@/lib/imports/reader'

export type Entity = Named['entity']
export const entities = ['artist', 'song', 'album', 'playlist'] as const satisfies Entity[]

/**
 * How a source's keys become ids. `foreign`: through external ids. `own`: they are this catalogue's ids, as its own
 * export says them.
 */
export type Lineage = 'foreign' | 'own'

/** The open transaction of an import, after all rows are staged. */
export type Session = {
  client: ClientBase
  source: string
  lineage: Lineage
  /** Rejected rows are left out, not the end of the run. */
  skipInvalid: boolean
  /** Several rows may be about one thing, as in formats of one track a row. */
  isShared: boolean
}

/** A step of a load. `share` is about its time for a million songs, in seconds: what a progress bar makes of it. */
export type Step = { what: string; share: number; run: (session: Session) => Promise<unknown> }

/** `$1` of a statement, where it names it, is the source. */
export function run<Row extends QueryResultRow>(session: Session, statement: string): Promise<QueryResult<Row>> {
  return session.client.query<Row>(statement, statement.includes('$1') ? [session.source] : [])
}

/** Makes a temporary table of a SELECT, and tells the planner how large it is. @returns its rows. */
export async function makeTable(session: Session, name: string, select: string): Promise<number> {
  const { rowCount } = await run(session, `CREATE TEMP TABLE ${name} AS ${select}`)
  await session.client.query(`ANALYZE ${name}`)
  return rowCount ?? 0
}

/** Whether the file says nothing of a field, for a row of a staging table. */
export const isAbsent = (field: string, absent = 'absent'): string => `'${field}' = ANY (${absent})`

/** A key as an id of this catalogue; null where it is none. */
export const toId = (key: string): string =>
  `CASE WHEN ${key} ~ '^[1-9][0-9]{0,9}$' AND ${key}::bigint <= 2147483647 THEN ${key}::int END`

/** A SELECT of `key` and `id`: things of the catalogue that the source names by the keys of `keys`. */
export const findByKey = (entity: Entity, { lineage }: Session, keys: string): string =>
  lineage === 'own'
    ? `SELECT keys.key, ${entity}.id FROM ${keys} AS keys JOIN ${entity} ON ${entity}.id = ${toId('keys.key')}`
    : `SELECT keys.key, known.${entity}_id AS id
       FROM ${keys} AS keys JOIN ${entity}_external_id AS known ON known.source = $1 AND known.value = keys.key`
