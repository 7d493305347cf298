import { LRUCache } from 'lru-cache'
import { log } from '@/lib/observability/log'
import { writeUses } from './write'

/**
 * When keys were last used: noted here, and written for all of them together. A key that is used all the time is written
 * once a minute.
 */

/** A key's last use is known to the minute. */
const PRECISION_MS = 60_000
/** Between the first use that is noted and the writing. */
const WRITE_AFTER_MS = 5_000
/** Keys whose last writing is remembered; one that isn't is written once more than it need be. */
const REMEMBERED = 10_000

export class KeyUses {
  private readonly noted = new LRUCache<number, number>({ max: REMEMBERED })
  private waiting = new Map<number, number>()
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly write: (uses: Map<number, number>) => Promise<void>) {}

  /** @param now in milliseconds since the epoch. */
  note(id: number, now: number): void {
    if (now - (this.noted.get(id) ?? Number.NEGATIVE_INFINITY) < PRECISION_MS) return
    this.noted.set(id, now)
    this.waiting.set(id, now)
    this.arm()
  }

  /** Writes what is noted. What can't be written now is kept for the next time. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const uses = this.waiting
    if (uses.size === 0) return
    this.waiting = new Map()
    try {
      await this.write(uses)
    } catch (error) {
      this.waiting = new Map([...uses, ...this.waiting])
      throw error
    }
  }

  private arm(): void {
    this.timer ??= setTimeout(() => {
      this.flush().catch((err: unknown) => {
        log.error({ err }, 'The last uses of API keys could not be written; the write will be retried')
        this.arm()
      })
    }, WRITE_AFTER_MS).unref()
  }
}

const shared = globalThis as typeof globalThis & { syroKeyUses?: KeyUses }

/** The one of this process. */
export function keyUses(): KeyUses {
  shared.syroKeyUses ??= new KeyUses(writeUses)
  return shared.syroKeyUses
}
