import { setTimeout as delay } from 'node:timers/promises'

type Close = (hurry: AbortSignal) => Promise<void>

/** A process that is asked to end has ended by then, whatever hangs. */
const END_WITHIN_MS = 4_800
/**
 * Ctrl-C reaches a process that npm started twice: from the terminal, which tells everybody, and from npm, which passes
 * it on. A person who presses it again takes longer.
 */
export const SAME_SIGNAL_MS = 500

/**
 * What is open in a process, and how it is closed: last opened first, once, on the first signal or error. A second
 * signal is a person who does not want to wait: `hurry` is then given to whatever is closing.
 */
export class Lifetime {
  private readonly closes: Close[] = []
  private readonly impatience = new AbortController()
  private endedAt: number | undefined

  /** @param exitCodeWhenSignalled the exit code after a signal: for a service, to be asked to end is to end well. */
  constructor(private readonly exitCodeWhenSignalled = 0) {}

  get isEnding(): boolean {
    return this.endedAt !== undefined
  }

  /**
   * To be called in the moment something begins to open, so that what is half open is closed too.
   * @throws when the process is ending: then nothing more is to be opened.
   */
  onEnd(close: Close): void {
    if (this.isEnding) throw new Error('The process is ending')
    this.closes.push(close)
  }

  /** Ends the process well when a terminal, a service manager or a container asks for it. */
  endOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.signalled())
  }

  /** Closes everything. What can't be closed is said, and does not keep the rest from it. */
  async close(): Promise<void> {
    this.endedAt = performance.now()
    for (const close of this.closes.splice(0).reverse())
      await close(this.impatience.signal).catch((error) => console.error(error))
  }

  /** Closes everything and ends the process. */
  async end(exitCode: number): Promise<void> {
    if (this.isEnding) return
    delay(END_WITHIN_MS, undefined, { ref: false }).then(() => process.exit(1))
    await this.close()
    process.exit(exitCode)
  }

  private signalled(): void {
    if (this.endedAt === undefined) void this.end(this.exitCodeWhenSignalled)
    else if (performance.now() - this.endedAt > SAME_SIGNAL_MS) this.impatience.abort()
  }
}
