import type { WholeRecord } from '@/lib/imports/complete-records'
import type { Entry, Reader } from '@/lib/imports/reader'
import type { ImportInput } from '@/lib/imports/run'
import { syntheticSource } from './source'
import { type SyntheticOptions, synthetic } from './synthetic'

/** Enough that the pipeline's work for a batch is nothing to that for its rows. */
const BATCH = 500

/**
 * A made-up catalogue as something to import. Its source names what it was made from: the same numbers again are the
 * same catalogue and change nothing, others are another one beside it.
 */
export function syntheticInput({ songs, seed, profile }: SyntheticOptions): ImportInput {
  const name = syntheticSource(songs, seed)
  return { name, rows: batches(synthetic({ songs, seed, profile })), source: () => name }
}

async function* batches(records: Iterable<WholeRecord>): Reader {
  let line = 0
  let batch: Entry[] = []
  for (const record of records) {
    batch.push({ line: ++line, row: record, parts: [record] })
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}
