import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import { hashPassword, verifyPassword } from './passwords'

/**
 * Hashes and verifies passwords a few at a time. Each takes 300 ms of CPU time, so many sign-ins at once would slow down
 * all other requests.
 */

/** Half of Node.js's four threads; the rest remain for files and DNS. */
const MAX_CONCURRENT = 2
/** The queue's length: its last entry waits for about 3 s on an idle machine. */
const MAX_WAITING = 16
/** The timeout in the queue, in ms, before browsers and proxies give up. */
const MAX_WAIT_MS = 10_000

const BUSY = 'Many people are signing in or signing up right now. Please try again in a few seconds.'

/** Limits concurrent work, with a queue of limited length. */
export class Turns {
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(
    private readonly atOnce: number,
    private readonly maxWaiting: number,
    /** Resolves after the timeout. */
    private readonly patience: (served: AbortSignal) => Promise<unknown> = (signal) =>
      delay(MAX_WAIT_MS, undefined, { signal }),
  ) {}

  /** Runs `work` in its turn. @throws AppError `unavailable` if the queue is full, or after the timeout. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.atOnce) this.running += 1
    else if (this.waiting.length < this.maxWaiting) await this.wait()
    else throw new AppError('unavailable', BUSY)
    try {
      return await work()
    } finally {
      // Passes its slot to the next in the queue, so that no new work overtakes it.
      const next = this.waiting.shift()
      if (next) next()
      else this.running -= 1
    }
  }

  private async wait(): Promise<void> {
    const served = new AbortController()
    let startTurn = () => {}
    const turn = new Promise<void>((resolve) => {
      startTurn = resolve
    })
    this.waiting.push(startTurn)
    const late = this.patience(served.signal).then(() => {
      const place = this.waiting.indexOf(startTurn)
      // The turn may have come just before the timeout.
      if (place === -1) return
      this.waiting.splice(place, 1)
      throw new AppError('unavailable', BUSY)
    })
    late.catch(() => {})
    await Promise.race([turn, late]).finally(() => served.abort())
  }
}

/** Shared, because pages and actions have separate copies of this module. */
const shared = globalThis as typeof globalThis & { syroHashing?: Turns }

function turns(): Turns {
  shared.syroHashing ??= new Turns(MAX_CONCURRENT, MAX_WAITING)
  return shared.syroHashing
}

const newHash = new AsyncLocalStorage<string>()

/** The hash made by `withHash`, or a new one. @throws AppError `unavailable` if the queue is full. */
export const hashInTurn = async (password: string): Promise<string> =>
  newHash.getStore() ?? turns().run(() => hashPassword(password))

/** @throws AppError `unavailable` if the queue is full. */
export const verifyInTurn = (given: { hash: string; password: string }): Promise<boolean> =>
  turns().run(() => verifyPassword(given))

/**
 * Hashes a password, then runs `work`, in which hashing returns this hash. better-auth hashes while it holds a database
 * connection, which would be blocked while it waits in the queue.
 * @param work must hash no other password.
 */
export async function withHash<Result>(password: string, work: () => Promise<Result>): Promise<Result> {
  return newHash.run(await hashInTurn(password), work)
}
