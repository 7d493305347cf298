import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Bytes of a COPY: large enough that the round trip does not matter. */
const CHUNK = 1024 * 1024
/** The maximum number of chunks that wait for the server; bounds memory. */
const MAX_WAITING = 8
/** A UTF-16 unit is at most this many bytes of UTF-8. */
const UTF8_BYTES = 3

export type Cell = string | number | boolean | null

const UNSAFE = /[\\\t\n\r]/
const UNSAFE_EACH = /[\\\t\n\r]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A cell in COPY's text format. */
function toCopyText(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell !== 'string') return String(cell)
  return UNSAFE.test(cell) ? cell.replace(UNSAFE_EACH, (sign) => ESCAPES[sign] ?? sign) : cell
}

/** The rows of a table that are not sent yet. */
type RowBuffer = { bytes: Buffer; length: number }

/**
 * Writes rows into several tables over one connection. A connection runs one COPY at a time, so each table has a buffer,
 * and each full buffer is one COPY. Sending overlaps with producing the next rows.
 */
export class CopyWriter<Table extends string> {
  readonly #client: ClientBase
  readonly #buffers = new Map<Table, RowBuffer>()
  #waiting: Promise<void>[] = []
  #failure: unknown

  constructor(client: ClientBase) {
    this.#client = client
  }

  write(table: Table, ...cells: Cell[]): void {
    let line = ''
    let end = '\t'
    for (let index = 0; index < cells.length; index++) {
      if (index === cells.length - 1) end = '\n'
      line += toCopyText(cells[index] ?? null) + end
    }
    const buffer = this.#roomFor(table, line.length * UTF8_BYTES)
    // Bytes, because concatenated strings would be millions of objects for the garbage collector.
    buffer.length += buffer.bytes.write(line, buffer.length)
  }

  #roomFor(table: Table, bytes: number): RowBuffer {
    const buffer = this.#buffers.get(table)
    if (buffer && buffer.length + bytes <= buffer.bytes.length) return buffer
    if (buffer) this.#send(table, buffer)
    const fresh = { bytes: Buffer.allocUnsafe(Math.max(CHUNK, bytes)), length: 0 }
    this.#buffers.set(table, fresh)
    return fresh
  }

  /**
   * Gives pending COPYs a turn, and waits while there are too many. Call it often: producing rows blocks the event loop.
   * @throws the error of an earlier COPY.
   */
  async drain(): Promise<void> {
    await setImmediate()
    while (this.#waiting.length >= MAX_WAITING) await this.#waiting.shift()
    if (this.#failure) throw this.#failure
  }

  /** Sends all rows and waits for the server. @throws like `drain`. */
  async flush(): Promise<void> {
    for (const [table, buffer] of this.#buffers) this.#send(table, buffer)
    this.#buffers.clear()
    await Promise.all(this.#waiting)
    this.#waiting = []
    if (this.#failure) throw this.#failure
  }

  #send(table: Table, { bytes, length }: RowBuffer): void {
    const before = this.#waiting.at(-1) ?? Promise.resolve()
    const sent = before
      .then(() => (this.#failure === undefined ? this.#copy(table, bytes.subarray(0, length)) : undefined))
      .catch((error: unknown) => {
        this.#failure ??= error
      })
    this.#waiting.push(sent)
  }

  async #copy(table: Table, text: Buffer): Promise<void> {
    const stream = this.#client.query(copyFrom(`COPY ${table} FROM STDIN`))
    stream.end(text)
    await once(stream, 'finish')
  }
}
