import { Writable } from 'node:stream'
import type pg from 'pg'
import { catalogueTables, rebuild } from '@/lib/catalogue/rebuild'
import type { Input } from '@/lib/imports/files/input'
import type { RejectedRow } from '@/lib/imports/load/faults'
import { exportNdjson } from '@/lib/imports/ndjson/export'
import { readNdjson } from '@/lib/imports/ndjson/read'
import { type ImportInput, type ImportOutcome, runImport } from './run'

/** Imports and exports in memory, for tests. */

const silent = { read: () => {}, step: () => {} }

/** A file in memory. */
export function inputOf(content: string | Buffer, name = 'test'): Input {
  const bytes = Buffer.from(content)
  async function* chunks() {
    // Two chunks, so that readers meet a boundary.
    const middle = Math.floor(bytes.length / 2)
    yield bytes.subarray(0, middle)
    yield bytes.subarray(middle)
  }
  return { name, size: bytes.length, bytesRead: () => bytes.length, chunks: chunks() }
}

export const importInput = (input: ImportInput, format = 'test'): Promise<ImportOutcome> =>
  runImport({ format, inputs: [input], progress: silent })

/** Imports valid rows, and returns the rejected ones. */
export async function importValid(input: ImportInput): Promise<ImportOutcome & { rejected: RejectedRow[] }> {
  const rejected: RejectedRow[] = []
  const writeRejected = async (rows: AsyncIterable<RejectedRow[]>) => {
    for await (const batch of rows) rejected.push(...batch)
  }
  const outcome = await runImport({ format: 'test', inputs: [input], progress: silent, writeRejected })
  return { ...outcome, rejected }
}

/** An NDJSON file with the records. */
export const ndjson = (records: object[], source = 'test'): ImportInput =>
  readNdjson(
    inputOf([{ type: 'catalogue', version: 1, source }, ...records].map((record) => JSON.stringify(record)).join('\n')),
  )

export async function exported(): Promise<string> {
  const chunks: Buffer[] = []
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  await exportNdjson(out)
  return Buffer.concat(chunks).toString()
}

/** The records of an export, without its header. */
export const exportedRecords = async (): Promise<unknown[]> =>
  (await exported())
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line))

const written = [...catalogueTables, 'import_run']
const tables = [...written, 'enrichment']
/** Foreign keys and triggers are off: all tables are emptied or filled together. */
const inReplicaRole = (statements: string[]): string =>
  ['BEGIN', 'SET LOCAL session_replication_role = replica', ...statements, 'COMMIT'].join('; ')

/** TRUNCATE makes new files for all tables and indexes, which takes 20 times as long as deleting a few rows. */
const MANY_SONGS = 1_000

/** Makes the catalogue a new one: without content, and with a uuid of its own. */
export async function emptyCatalogue(pool: pg.Pool): Promise<void> {
  const { rowCount } = await pool.query(`SELECT FROM song OFFSET ${MANY_SONGS} LIMIT 1`)
  if (rowCount) await pool.query(`TRUNCATE ${tables.join(', ')} RESTART IDENTITY`)
  else {
    await pool.query(inReplicaRole(tables.map((table) => `DELETE FROM ${table}`)))
    // As after TRUNCATE: with statistics of empty tables, the planner would choose nested loops for the next large import.
    await pool.query(`SELECT pg_clear_relation_stats('public', name) FROM unnest($1::text[]) AS name`, [tables])
    for (const { name } of await sequences(pool)) await pool.query('SELECT setval($1, 1, false)', [name])
  }
  await pool.query('INSERT INTO catalogue DEFAULT VALUES')
}

type Sequence = { name: string; last: string | null }

/** The sequences of the tables, and the last id of each. */
async function sequences(pool: pg.Pool): Promise<Sequence[]> {
  const { rows } = await pool.query(
    `SELECT pg_class.oid::regclass::text AS name, pg_sequence_last_value(pg_class.oid) AS last
     FROM pg_class JOIN pg_depend ON objid = pg_class.oid
     WHERE relkind = 'S' AND refobjid = ANY($1::regclass[]) AND deptype IN ('a', 'i')`,
    [tables],
  )
  return rows
}

let importsOnce = 0

/**
 * @returns a function that fills an empty catalogue with the records: by an import the first time, from then on by a
 * copy of what it wrote, which takes a tenth of the time.
 */
export function importOnce(pool: pg.Pool, records: object[]): () => Promise<void> {
  let ids: Sequence[] | undefined
  const schema = `imported_${++importsOnce}`
  const copy = (table: string) => `${schema}.${table}`
  return async () => {
    if (ids) {
      await pool.query(
        inReplicaRole([
          'DELETE FROM catalogue',
          ...written.map((table) => `INSERT INTO ${table} SELECT * FROM ${copy(table)}`),
        ]),
      )
      for (const { name, last } of ids) if (last !== null) await pool.query('SELECT setval($1, $2)', [name, last])
    } else {
      await importInput(ndjson(records))
      await pool.query(`CREATE SCHEMA ${schema}`)
      for (const table of written) await pool.query(`CREATE TABLE ${copy(table)} AS TABLE ${table}`)
      ids = await sequences(pool)
    }
  }
}

/** The rows that a rebuild corrects, by table. */
export async function rebuilt(pool: pg.Pool): Promise<Record<string, number>> {
  const client = await pool.connect()
  return rebuild(client).finally(() => client.release())
}
