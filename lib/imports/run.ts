import type pg from 'pg'
import type { ClientBase } from 'pg'
import { lockCatalogue } from '@/lib/catalogue/rebuild'
import { cancelOnAbort, openSession } from '@/lib/db/session'
import { AppError } from '@/lib/errors'
import { closeInterruptedRuns, failRun, finishRun, type ImportResult, startRun } from '@/lib/imports/runs/write'
import type { Progress } from '@/lib/observability/progress'
import { ImportCancelled } from './cancellation'
import { type RejectedRow, RowError, readRejected } from './load/faults'
import { restoreIndexes } from './load/indexes'
import { load } from './load/load'
import { countRows, noteRows } from './load/rows'
import { takeMemory } from './memory'
import { lowerPriorityInDatabase } from './priority'
import type { Reader } from './reader'
import type { RowCounts, RowNotes } from './runs/rows'
import { Stage } from './stage/stage'
import { vacuumAfter } from './vacuum'

/** An import of any format: rows are read and staged, then loaded in one transaction. */

export type ImportInput = {
  /** For messages: the file's name. */
  name: string
  rows: Reader
  /** The source whose keys the rows use. Called after the last row, because it may be in the file's header. */
  source: () => string
  /** The share that has been read, from 0 to 1, if known. */
  fraction?: () => number | null
}

export type ImportJob = {
  format: string
  inputs: ImportInput[]
  /** The format's own names of fields such as "song.id", for messages. */
  fieldNames?: Record<string, string>
  /** Gets the invalid rows, in order, before the commit. Without it, the first invalid row fails the import. */
  writeRejected?: (rows: AsyncIterable<RejectedRow[]>) => Promise<void>
  progress: Progress
  /** Cancels the import, which then changes nothing. */
  signal?: AbortSignal
}

/** The share of an import's time that reading and staging take. */
const READING = 0.2

export type ImportOutcome = { id: number; rows: RowCounts; notes: RowNotes; result: ImportResult }

/**
 * Imports the inputs as one.
 * @throws AppError "conflict" while another import or rebuild runs, "invalid" for an invalid row; ImportCancelled.
 */
export async function runImport(job: ImportJob): Promise<ImportOutcome> {
  const client = await openSession({ application_name: 'syromusic import' })
  try {
    if (!(await lockCatalogue(client)))
      throw new AppError('conflict', 'Another import or rebuild is running. Try again when it has ended.')
    await closeInterruptedRuns(client)
    await restoreIndexes(client)
    const files = job.inputs.map((input) => input.name)
    const id = await startRun(client, { format: job.format, files })
    const counter = { rowsRead: 0 }
    const stopCancelling = cancelOnAbort(client, job.signal)
    const outcome = await importAll(client, id, job, counter).catch(async (error: unknown) => {
      const reason = job.signal?.aborted ? new ImportCancelled() : toAppError(error, job)
      stopCancelling()
      await markFailed(client, id, counter.rowsRead, reason.message)
      throw reason
    })
    stopCancelling()
    await vacuumAfter(client, outcome.result)
    return outcome
  } finally {
    await client.end()
  }
}

async function importAll(
  client: pg.Client,
  id: number,
  job: ImportJob,
  counter: { rowsRead: number },
): Promise<ImportOutcome> {
  const keepRows = job.writeRejected !== undefined
  await takeMemory(client)
  await lowerPriorityInDatabase(client)
  await client.query('SET jit = off; SET client_min_messages = warning')
  const stage = await Stage.open(client, keepRows)
  await readAll(stage, job, counter)
  const source = oneSource(job.inputs)

  const result = await load(client, { source, skipInvalid: keepRows, onStep: job.progress.step, from: READING })
  const rows = await countRows(client, counter.rowsRead)
  const files = job.inputs.map((input) => input.name)
  const notes = await noteRows(client, files)
  if (rows.rejected > 0) await job.writeRejected?.(readRejected(client, files))
  await finishRun(client, id, source, { rows, notes, result })
  job.signal?.throwIfAborted()
  await client.query('COMMIT')
  return { id, rows, notes, result }
}

async function readAll(
  stage: Stage,
  { inputs, writeRejected, progress, signal }: ImportJob,
  counter: { rowsRead: number },
) {
  for (const [file, input] of inputs.entries())
    for await (const entries of input.rows) {
      signal?.throwIfAborted()
      for (const entry of entries) {
        counter.rowsRead++
        if ('fault' in entry && !writeRejected)
          throw new RowError({ file, line: entry.line, entity: entry.named?.entity ?? null, ...entry.fault })
        stage.add(file, entry)
      }
      progress.read(counter.rowsRead, readFraction(inputs, file))
      await stage.drain()
    }
  await stage.flush()
}

/** All inputs count the same, regardless of size. */
function readFraction(inputs: ImportInput[], file: number): number | null {
  const fraction = inputs[file]?.fraction?.() ?? null
  return fraction === null ? null : (READING * (file + Math.min(fraction, 1))) / inputs.length
}

function oneSource(inputs: ImportInput[]): string {
  const [first = '', ...others] = new Set(inputs.map((input) => input.source()))
  if (others.length > 0)
    throw new AppError(
      'invalid',
      `The files of an import must have the same source. These have ${[first, ...others].join(', ')}.`,
    )
  return first
}

async function markFailed(client: ClientBase, id: number, rowsRead: number, reason: string): Promise<void> {
  try {
    await client.query('ROLLBACK')
    await failRun(client, id, rowsRead, reason)
    await restoreIndexes(client)
  } catch {
    // The connection is lost. The next import closes this run.
  }
}

function toAppError(error: unknown, { inputs, fieldNames }: ImportJob): Error {
  if (error instanceof RowError) {
    const { file, line, entity, field, expected } = error.fault
    const name = fieldNames?.[`${entity ?? 'row'}.${field}`] ?? field
    return new AppError('invalid', `${inputs[file]?.name}, line ${line}: ${name} ${expected}.`, { cause: error })
  }
  return error instanceof Error ? error : new Error(String(error))
}
