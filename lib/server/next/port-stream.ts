import { Duplex } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'
import { asBuffer } from './calls'

/** A chunk; that the last one was taken, so that there may be another; or that there will be none. */
type Message = Uint8Array | 'taken' | 'end'

/**
 * A connection between two threads that node:http takes for a socket: a port at each end. Nothing outside of the process
 * can reach it. One chunk is under way in each direction, so whoever writes is as slow as whoever reads.
 */
export class PortStream extends Duplex {
  /** What node:http asks of a socket's timeout: there is none. */
  readonly timeout = 0
  /** To be called when the other end has taken what was written last. */
  private taken: (() => void) | undefined
  /** Whether the other end waits to hear that its chunk was taken. */
  private owes = false
  private hasEnded = false

  constructor(private readonly port: MessagePort) {
    super()
    port.on('message', (message: Message) => this.hear(message))
    port.on('close', () => {
      if (this.hasEnded && this.writableFinished) this.destroy()
      else this.destroy(Object.assign(new Error('The connection between threads was closed'), { code: 'ECONNRESET' }))
    })
  }

  private hear(message: Message): void {
    if (message === 'taken') {
      const { taken } = this
      this.taken = undefined
      taken?.()
    } else if (message === 'end') {
      this.hasEnded = true
      this.push(null)
    } else {
      this.owes = true
      if (this.push(asBuffer(message))) this._read()
    }
  }

  override _read(): void {
    if (!this.owes) return
    this.owes = false
    this.port.postMessage('taken' satisfies Message)
  }

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    // A part of a larger buffer would be sent with all of it.
    const copy = new Uint8Array(chunk)
    this.taken = callback
    this.port.postMessage(copy satisfies Message, [copy.buffer])
  }

  override _writev(chunks: { chunk: Buffer }[], callback: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer', callback)
  }

  override _final(callback: () => void): void {
    this.port.postMessage('end' satisfies Message)
    callback()
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.port.close()
    callback(error)
  }

  // What node:http has sockets do: there is nothing to do here.
  setKeepAlive = (): this => this
  setNoDelay = (): this => this
  setTimeout = (): this => this
  ref = (): this => this
  unref = (): this => this
}
