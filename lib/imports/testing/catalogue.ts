import { Writable } from 'node:stream'
import type pg from 'pg'
import { catalogueTables, rebuild } from '@/lib/catalogue/rebuild'
import type { Input } from '@/lib/imports/files/input'
import type { RejectedRow } from '@/lib/imports/load/faults'
import { exportNdjson } from '@/lib/imports/ndjson/export'
import { readNdjson } from '@/lib/imports/ndjson/read'
import { type ImportInput, type ImportOutcome, runImport } from '@/lib/imports/run'

/** Imports and exports in memory, for tests. */

const silent = { read: () => {}, step: () => {} }

/** A file that is not there. */
export function inputOf(content: string | Buffer, name = 'test'): Input {
  const bytes = Buffer.from(content)
  async function* chunks() {
    // In two pieces, so that readers meet an edge in the middle.
    const middle = Math.floor(bytes.length / 2)
    yield bytes.subarray(0, middle)
    yield bytes.subarray(middle)
  }
  return { name, size: bytes.length, bytesRead: () => bytes.length, chunks: chunks() }
}

export const importInput = (input: ImportInput, format = 'test'): Promise<ImportOutcome> =>
  runImport({ format, inputs: [input], progress: silent })

/** Imports what can be, and says what could not. */
export async function importValid(input: ImportInput): Promise<ImportOutcome & { rejected: RejectedRow[] }> {
  const rejected: RejectedRow[] = []
  const writeRejected = async (rows: AsyncIterable<RejectedRow[]>) => {
    for await (const batch of rows) rejected.push(...batch)
  }
  const outcome = await runImport({ format: 'test', inputs: [input], progress: silent, writeRejected })
  return { ...outcome, rejected }
}

/** A file of our own format. */
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

/** Makes the catalogue a new one, with nothing in it and a name of its own. */
export async function emptyCatalogue(pool: pg.Pool): Promise<void> {
  await pool.query(
    `TRUNCATE ${catalogueTables.join(', ')}, import_run, enrichment RESTART IDENTITY; INSERT INTO catalogue DEFAULT VALUES`,
  )
}

/** What a rebuild finds wrong. */
export async function rebuilt(pool: pg.Pool): Promise<Record<string, number>> {
  const client = await pool.connect()
  return rebuild(client).finally(() => client.release())
}
