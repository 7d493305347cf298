import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Bytes of COPY text sent at once: enough that the round trip does not count. */
const CHUNK = 1024 * 1024
/** Chunks that may wait for the server while the next ones are made; bounds memory. */
const WAITING = 8
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

/** Text that gathers for a table. */
type Gathered = { bytes: Buffer; length: number }

/**
 * Writes rows into several tables over one connection. A connection holds one COPY at a time, so rows gather for each
 * table, and each full chunk is one COPY. Sending overlaps with making the next rows.
 */
export class CopyWriter<Table extends string> {
  readonly #client: ClientBase
  readonly #gathered = new Map<Table, Gathered>()
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
    const gathered = this.#roomFor(table, line.length * UTF8_BYTES)
    // Bytes, for a long text that is put together of many would be millions of objects to the garbage collector.
    gathered.length += gathered.bytes.write(line, gathered.length)
  }

  #roomFor(table: Table, bytes: number): Gathered {
    const gathered = this.#gathered.get(table)
    if (gathered && gathered.length + bytes <= gathered.bytes.length) return gathered
    if (gathered) this.#send(table, gathered)
    const fresh = { bytes: Buffer.allocUnsafe(Math.max(CHUNK, bytes)), length: 0 }
    this.#gathered.set(table, fresh)
    return fresh
  }

  /**
   * Lets what is on its way go on, and waits while it is too much. To be called often: rows are made without a pause, and
   * nothing is sent or heard meanwhile.
   * @throws what PostgreSQL said to an earlier row.
   */
  async drain(): Promise<void> {
    await setImmediate()
    while (this.#waiting.length >= WAITING) await this.#waiting.shift()
    if (this.#failure) throw this.#failure
  }

  /** Sends what has gathered and waits until all has arrived. @throws as `drain`. */
  async flush(): Promise<void> {
    for (const [table, gathered] of this.#gathered) this.#send(table, gathered)
    this.#gathered.clear()
    await Promise.all(this.#waiting)
    this.#waiting = []
    if (this.#failure) throw this.#failure
  }

  #send(table: Table, { bytes, length }: Gathered): void {
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
