import { AsyncLocalStorage } from 'node:async_hooks'

export type BreakerOptions = {
  /** Resolves when Redis answers, however long that takes; rejects to be called again. */
  probe: () => Promise<void>
  /** For how many ms an answer is waited for. */
  patience: number
  /** ms between probes. */
  retryAfter: number
  /** Where it is said that Redis is gone, and that it is back. */
  say: (sentence: string) => void
}

/**
 * Stands between requests and a Redis that may be slow or down. One answer that does not come in time opens it: then
 * nobody asks, and nobody waits, until a probe was answered.
 */
export class Breaker {
  private probing = false
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  /** Whoever asks is a request; what is opened for it, a timer or a socket, would hold it for as long as it lives. */
  private readonly outside = AsyncLocalStorage.snapshot()

  constructor(private readonly options: BreakerOptions) {}

  /** Whether Redis is asked. */
  get isClosed(): boolean {
    return !this.probing
  }

  /** @returns undefined when there is no answer: then the process decides by what it knows. */
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    if (this.probing) return undefined
    try {
      return await within(this.outside(question), this.options.patience)
    } catch (error) {
      this.open(error)
      return undefined
    }
  }

  /** Redis is not asked until a probe is answered. @param reason why. */
  open(reason: unknown): void {
    if (this.probing || this.stopped) return
    this.probing = true
    this.options.say(`Redis does not answer, so each process counts requests for itself: ${sentenceOf(reason)}`)
    this.outside(() => this.probe())
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
  }

  private probe(): void {
    this.options.probe().then(
      () => {
        this.probing = false
        this.options.say('Redis answers again and counts requests, those that it missed included.')
      },
      () => {
        if (!this.stopped) this.timer = setTimeout(() => this.probe(), this.options.retryAfter).unref()
      },
    )
  }
}

/** What an error says; Upstash's say which command it was, and so whose. */
const sentenceOf = (reason: unknown): string =>
  (reason instanceof Error ? reason.message : String(reason)).replace(/, command was: .*/s, '')

/** Parts in which patience runs out. */
const TURNS = 10

/**
 * Waits for an answer, in several turns: a process that is busy for all that time uses up only one of them, and does not
 * take what it was too busy to send or to read for silence.
 * @throws when there is none after so many ms.
 */
function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let turns = 0
    const wait = () => setTimeout(turn, ms / TURNS)
    const turn = () => {
      turns += 1
      if (turns < TURNS) timer = wait()
      else reject(new Error(`no answer within ${ms} ms`))
    }
    let timer = wait()
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
