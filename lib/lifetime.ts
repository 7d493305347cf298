import { setTimeout as delay } from 'node:timers/promises'

type Close = (hurry: AbortSignal) => Promise<void>

/** Timeout for ending the process, whatever hangs. */
const END_WITHIN_MS = 4_800
/**
 * Under npm, one Ctrl-C reaches the process twice: from the terminal and from npm. Signals within this time, in ms, are the
 * same one; a person who presses again takes longer.
 */
export const SAME_SIGNAL_MS = 500

/**
 * Closes the resources of a process on the first signal or error, last opened first. A second signal aborts `hurry`, so
 * that nothing waits.
 */
export class Lifetime {
  private readonly closes: Close[] = []
  private readonly impatience = new AbortController()
  private endedAt: number | undefined

  /** @param exitCodeWhenSignalled the exit code after a signal; 0 for a service. */
  constructor(private readonly exitCodeWhenSignalled = 0) {}

  get isEnding(): boolean {
    return this.endedAt !== undefined
  }

  /**
   * Registers a close. Call it before opening, so that a half-open resource is closed too.
   * @throws Error if the process is ending: then nothing must be opened.
   */
  onEnd(close: Close): void {
    if (this.isEnding) throw new Error('The process is ending')
    this.closes.push(close)
  }

  /** Ends the process on signals from a terminal, a service manager or a container. */
  endOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.signalled())
  }

  /** Closes everything. An error is logged, and the rest is closed all the same. */
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
