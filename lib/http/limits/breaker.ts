import { AsyncLocalStorage } from 'node:async_hooks'

export type BreakerOptions = {
  /** Resolves when Redis answers; a rejection is retried. */
  probe: () => Promise<void>
  /** The timeout of a request, in ms. */
  patience: number
  /** ms between probes. */
  retryAfter: number
  /** Receives the messages that Redis is gone, and that it is back. */
  say: (sentence: string) => void
}

/**
 * The circuit breaker between requests and a Redis that may be slow or down. One timeout or error opens it: then no
 * request uses Redis or waits for it, until a probe succeeds. (The breaker of a source of enrichment is a database row
 * that all processes share: lib/enrichment/pace/rate-limit.ts.)
 */
export class Breaker {
  private probing = false
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  /** Timers and sockets start outside the request's async context; inside, they would keep the request alive. */
  private readonly outside = AsyncLocalStorage.snapshot()

  constructor(private readonly options: BreakerOptions) {}

  /** Whether requests reach Redis. */
  get isClosed(): boolean {
    return !this.probing
  }

  /** @returns undefined without an answer: then the process decides by its own counts. */
  async run<T>(request: () => Promise<T>): Promise<T | undefined> {
    if (this.probing) return undefined
    try {
      return await within(this.outside(request), this.options.patience)
    } catch (error) {
      this.open(error)
      return undefined
    }
  }

  /** Opens the breaker until a probe succeeds. @param reason why. */
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

/** The message of an error, without the command that Upstash appends, which would name the client. */
const sentenceOf = (reason: unknown): string =>
  (reason instanceof Error ? reason.message : String(reason)).replace(/, command was: .*/s, '')

/** Parts of the timeout. */
const TURNS = 10

/**
 * Waits for an answer in several turns. A process that is busy all the time uses up only one of them, so that it does
 * not mistake its own delay for a timeout.
 * @throws after a timeout of `ms`.
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
