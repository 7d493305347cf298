import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { toWhole } from '@/lib/imports/complete-records'
import { toFault } from '@/lib/imports/fault'
import type { Input } from '@/lib/imports/files/input'
import { readLines } from '@/lib/imports/files/text'
import type { Entry, Named } from '@/lib/imports/reader'
import { CatalogueRecord, EXPORT_SOURCE, Header } from '@/lib/imports/records'
import type { ImportInput } from '@/lib/imports/run'

/** Characters a line may have: a playlist of a million songs, and little enough to hold. */
const MAX_LENGTH = 32 * 1024 * 1024

/** The header of a file that another SyroMusic has written. */
const OtherVersion = z.object({ type: z.literal('catalogue'), version: z.number().refine((version) => version !== 1) })

/** A file of our own format: a header, then one record a line. Empty lines mean nothing. */
export function readNdjson(input: Input): ImportInput {
  let source: string | undefined
  return {
    name: input.name,
    source: () => source ?? refuseHeader(input, 1),
    rows: (async function* () {
      for await (const lines of readLines(input, MAX_LENGTH)) {
        const entries: Entry[] = []
        for (const { line, text } of lines) {
          if (text?.trim() === '') continue
          if (source === undefined) source = toSource(input, line, text)
          else entries.push(toEntry(line, text, EXPORT_SOURCE.test(source)))
        }
        yield entries
      }
    })(),
  }
}

function toSource(input: Input, line: number, text: string | null): string {
  const row = parse(text)
  const header = Header.safeParse(row)
  if (header.success) return header.data.source
  const other = OtherVersion.safeParse(row)
  if (!other.success) return refuseHeader(input, line)
  throw new AppError(
    'invalid',
    `${input.name}, line ${line}: version must be 1, the one this SyroMusic reads, not ${other.data.version}.`,
  )
}

function refuseHeader({ name }: Input, line: number): never {
  throw new AppError(
    'invalid',
    `${name}, line ${line}: the first line must be a header: {"type":"catalogue","version":1,"source":"…"}.`,
  )
}

/** @param isWhole the file is an export, which leaves out what is at its default. */
function toEntry(line: number, text: string | null, isWhole: boolean): Entry {
  if (text === null)
    return {
      line,
      row: null,
      fault: { field: 'row', expected: `must have at most ${MAX_LENGTH.toLocaleString('en')} characters` },
      named: null,
    }
  const row = parse(text)
  if (row === undefined) return { line, row: text, fault: { field: 'row', expected: 'is not JSON' }, named: null }
  const record = CatalogueRecord.safeParse(row)
  return record.success
    ? { line, row, parts: [isWhole ? toWhole(record.data) : record.data] }
    : { line, row, fault: toFault(record.error, row), named: toNamed(row) }
}

/** @returns undefined where the text is not JSON. */
function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

const entities: readonly unknown[] = ['artist', 'song', 'album', 'playlist'] satisfies Named['entity'][]
const isEntity = (type: unknown): type is Named['entity'] => entities.includes(type)

function toNamed(row: unknown): Named | null {
  if (typeof row !== 'object' || row === null || !('type' in row) || !('id' in row)) return null
  return isEntity(row.type) ? { entity: row.type, key: String(row.id) } : null
}
