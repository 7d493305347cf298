import { LRUCache } from 'lru-cache'
import { log } from '@/lib/observability/log'
import { writeUses } from './write'

/**
 * The times of keys' last uses, noted here and written together. A busy key is written once a minute.
 */

/** The resolution of a key's last use. */
const PRECISION_MS = 60_000
/** The delay between the first noted use and the write. */
const WRITE_AFTER_MS = 5_000
/** Keys whose last write is remembered; others are written more often than needed. */
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
    this.scheduleWrite()
  }

  /** Writes the noted uses; after an error they are kept for the next write. */
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

  private scheduleWrite(): void {
    this.timer ??= setTimeout(() => {
      this.flush().catch((err: unknown) => {
        log.error({ err }, 'The last uses of API keys could not be written; the write will be retried')
        this.scheduleWrite()
      })
    }, WRITE_AFTER_MS).unref()
  }
}

const shared = globalThis as typeof globalThis & { syroKeyUses?: KeyUses }

/** The instance of this process. */
export function keyUses(): KeyUses {
  shared.syroKeyUses ??= new KeyUses(writeUses)
  return shared.syroKeyUses
}
