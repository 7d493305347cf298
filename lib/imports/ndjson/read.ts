import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { withDefaults } from '@/lib/imports/complete-records'
import { toFault } from '@/lib/imports/fault'
import type { Input } from '@/lib/imports/files/input'
import { readLines } from '@/lib/imports/files/text'
import type { EntityKey, ImportRow } from '@/lib/imports/reader'
import { CatalogueRecord, EXPORT_SOURCE, Header } from '@/lib/imports/records'
import type { ImportInput } from '@/lib/imports/run'

/** Characters per line: enough for a playlist of a million songs, few enough to hold in memory. */
const MAX_LENGTH = 32 * 1024 * 1024

/** The header of a file from another version of SyroMusic. */
const OtherVersion = z.object({ type: z.literal('catalogue'), version: z.number().refine((version) => version !== 1) })

/** Reads a header, then one record per line. Empty lines are ignored. */
export function readNdjson(input: Input): ImportInput {
  let source: string | undefined
  return {
    name: input.name,
    source: () => source ?? refuseHeader(input, 1),
    rows: (async function* () {
      for await (const lines of readLines(input, MAX_LENGTH)) {
        const entries: ImportRow[] = []
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
    `${input.name}, line ${line}: version must be 1 in this SyroMusic, not ${other.data.version}.`,
  )
}

function refuseHeader({ name }: Input, line: number): never {
  throw new AppError(
    'invalid',
    `${name}, line ${line}: the first line must be a header: {"type":"catalogue","version":1,"source":"…"}.`,
  )
}

/** @param isExport the file is an export, which omits default values. */
function toEntry(line: number, text: string | null, isExport: boolean): ImportRow {
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
    ? { line, row, records: [isExport ? withDefaults(record.data) : record.data] }
    : { line, row, fault: toFault(record.error, row), named: toNamed(row) }
}

/** @returns undefined if the text is not JSON. */
function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

const entities: readonly unknown[] = ['artist', 'song', 'album', 'playlist'] satisfies EntityKey['entity'][]
const isEntity = (type: unknown): type is EntityKey['entity'] => entities.includes(type)

function toNamed(row: unknown): EntityKey | null {
  if (typeof row !== 'object' || row === null || !('type' in row) || !('id' in row)) return null
  return isEntity(row.type) ? { entity: row.type, key: String(row.id) } : null
}
