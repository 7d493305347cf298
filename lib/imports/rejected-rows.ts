import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeFileWhole } from '@/lib/imports/files/output'
import type { RejectedRow } from '@/lib/imports/load/faults'

/** Writes rejected rows with their reasons, one JSON object per line. @throws AppError "unavailable" if it fails. */
export function writeRejectedFile(name: string, rows: AsyncIterable<RejectedRow[]>): Promise<void> {
  async function* lines() {
    for await (const batch of rows)
      for (const { file, line, field, expected, row } of batch)
        yield `${JSON.stringify({ file, line, field, reason: `${field} ${expected}`, row })}\n`
  }
  return writeFileWhole(name, (out) => pipeline(Readable.from(lines()), out))
}
