import type { CompleteRecord } from '@/lib/imports/complete-records'
import type { ImportRow, Reader } from '@/lib/imports/reader'
import type { ImportInput } from '@/lib/imports/run'
import { syntheticSource } from './source'
import { type SyntheticOptions, synthetic } from './synthetic'

/** Large enough that the pipeline's work per batch is negligible. */
const BATCH = 500

/** A generated catalogue as an input. Its source names size and seed, so that the same import again changes nothing. */
export function syntheticInput({ songs, seed, profile }: SyntheticOptions): ImportInput {
  const name = syntheticSource(songs, seed)
  return { name, rows: batches(synthetic({ songs, seed, profile })), source: () => name }
}

async function* batches(records: Iterable<CompleteRecord>): Reader {
  let line = 0
  let batch: ImportRow[] = []
  for (const record of records) {
    batch.push({ line: ++line, row: record, records: [record] })
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}
