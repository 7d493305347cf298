import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { AppError } from '@/lib/errors'
import type { Input } from '@/lib/imports/files/input'
import { readText } from '@/lib/imports/files/text'
import type { ImportRow } from '@/lib/imports/reader'
import type { ImportInput } from '@/lib/imports/run'
import { type Columns, findColumns } from './columns'
import { readRow } from './row'
import { RowRecords } from './row-records'

export type CsvOptions = {
  /** Rows are matched with those of earlier files of the same source. */
  source: string
  /** Columns of fields, if the header doesn't tell. */
  map: Map<string, string>
  /** Detected from the header by default. */
  delimiter?: string
}

/** Characters a row may have. */
const MAX_ROW = 1024 * 1024
const BATCH = 500

/** Reads a file with a header and one track per row. */
export function readCsv(input: Input, options: CsvOptions): ImportInput {
  return { name: input.name, source: () => options.source, rows: entries(input, options) }
}

async function* entries(input: Input, options: CsvOptions): AsyncGenerator<ImportRow[]> {
  let batch: ImportRow[] = []
  const records = new RowRecords()
  let columns: Columns | undefined
  let header: string[] = []
  for await (const { line, cells: record } of readTable(input, options.delimiter)) {
    if (columns === undefined) {
      header = record.map((name) => name.trim())
      columns = findColumns(input.name, header, options.map)
      continue
    }
    const read = readRow(record, columns, header)
    const row = Object.fromEntries(header.map((name, at) => [name, record[at] ?? '']))
    if ('fault' in read) batch.push({ line, row, fault: read.fault, named: null })
    else batch.push({ line, row, records: records.of(read.row) })
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (columns === undefined) throw new AppError('invalid', `${input.name}, line 1: there is no header.`)
  yield batch
}

/** The text of a file, and its first chunk, which shows the delimiter. */
type Start = { first: string; text: AsyncIterable<string> }

async function startOf(input: Input): Promise<Start> {
  const pieces = readText(input)
  const { value } = await pieces.next()
  const first = value ?? ''
  async function* all() {
    yield first
    yield* pieces
  }
  return { first, text: all() }
}

const DELIMITERS = [',', ';', '\t', '|']

/** The most frequent delimiter of the header. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

/** `line` is the first line of the record, from 1. */
type TableRow = { line: number; cells: string[] }

/**
 * The rows of a table, without empty lines.
 * @throws AppError "invalid" with the first line of a row that is too long or has invalid quotes. Such a row can't be
 * skipped, because the start of the next one is unknown.
 */
async function* readTable(input: Input, delimiter: string | undefined): AsyncGenerator<TableRow> {
  const { first, text } = await startOf(input)
  // Written by the parser, which is ahead of the loop below by what the streams buffer.
  let lastLine = 0
  const begins: number[] = []
  const parser = parse({
    delimiter: delimiter ?? delimiterOf(first),
    relax_column_count: true,
    max_record_size: MAX_ROW,
    on_record: (cells: string[], { lines }) => {
      const isEmpty = cells.length === 1 && cells[0] === ''
      if (!isEmpty) begins.push(lastLine + 1)
      lastLine = lines
      return isEmpty ? null : cells
    },
  })
  // Errors of the text end the loop over the rows; pipeline requires a callback.
  const rows: AsyncIterable<string[]> = pipeline(Readable.from(text), parser, () => {})
  try {
    for await (const cells of rows) yield { line: begins.shift() ?? 0, cells }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const reason = reasons[error.code] ?? `can't be read: ${error.message}`
    throw new AppError('invalid', `${input.name}, line ${lastLine + 1}: row ${reason}.`, { cause: error })
  }
}

const reasons: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'has a quote that is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'has text after a closing quote',
  INVALID_OPENING_QUOTE: 'has a quote in the middle of a cell; such a cell is quoted whole, and the quote doubled',
  CSV_MAX_RECORD_SIZE: `must have at most ${MAX_ROW.toLocaleString('en')} characters; a quote in it may not be closed`,
}
