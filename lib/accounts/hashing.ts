import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import { hashPassword, verifyPassword } from './passwords'

/**
 * Hashes and verifies passwords a few at a time. Each takes a processor for a third of a second, so that a crowd (or an
 * attacker) would otherwise slow down everybody else.
 */

/** Node.js has four threads for such work and for files, and DNS: half of them are left for the rest. */
const AT_ONCE = 2
/** The last in the queue waits for some 3 s on an idle machine. */
const MOST_WAITING = 16
/** On a busy machine nobody waits for longer than this, in milliseconds: browsers and proxies give up too. */
const LONGEST_WAIT_MS = 10_000

const BUSY = 'Many people are signing in or signing up right now. Please try again in a few seconds.'

/** A queue of limited length for a limited number of places. */
export class Turns {
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
    /** Resolves when somebody has waited for too long. */
    private readonly patience: (served: AbortSignal) => Promise<unknown> = (signal) =>
      delay(LONGEST_WAIT_MS, undefined, { signal }),
  ) {}

  /** Does `work` when there is a place. @throws AppError `unavailable` if too many are waiting, or for too long. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.atOnce) this.running += 1
    else if (this.waiting.length < this.mostWaiting) await this.wait()
    else throw new AppError('unavailable', BUSY)
    try {
      return await work()
    } finally {
      // The next one takes over this place, so that nobody who comes now gets in between.
      const next = this.waiting.shift()
      if (next) next()
      else this.running -= 1
    }
  }

  private async wait(): Promise<void> {
    const served = new AbortController()
    let give = () => {}
    const turn = new Promise<void>((resolve) => {
      give = resolve
    })
    this.waiting.push(give)
    const late = this.patience(served.signal).then(() => {
      const place = this.waiting.indexOf(give)
      // The turn may have come at the last moment.
      if (place === -1) return
      this.waiting.splice(place, 1)
      throw new AppError('unavailable', BUSY)
    })
    late.catch(() => {})
    await Promise.race([turn, late]).finally(() => served.abort())
  }
}

/** Pages and actions have copies of this module; the queue is one. */
const shared = globalThis as typeof globalThis & { syroHashing?: Turns }

function turns(): Turns {
  shared.syroHashing ??= new Turns(AT_ONCE, MOST_WAITING)
  return shared.syroHashing
}

const made = new AsyncLocalStorage<string>()

/** The hash that was made for `withHash`, or a new one. @throws AppError `unavailable` if too many are waiting. */
export const hashInTurn = async (password: string): Promise<string> =>
  made.getStore() ?? turns().run(() => hashPassword(password))

/** @throws AppError `unavailable` if too many are waiting. */
export const verifyInTurn = (given: { hash: string; password: string }): Promise<boolean> =>
  turns().run(() => verifyPassword(given))

/**
 * Hashes a password, and then does `work`, in which hashing gives this hash: better-auth hashes while it holds a database
 * connection, and waiting for a turn there would keep everybody else from the database.
 * @param work hashes no other password.
 */
export async function withHash<Result>(password: string, work: () => Promise<Result>): Promise<Result> {
  return made.run(await hashInTurn(password), work)
}
