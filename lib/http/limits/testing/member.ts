import { Breaker } from '@/lib/http/limits/breaker'
import { Limiter } from '@/lib/http/limits/limiter'
import type { RedisLink } from '@/lib/http/limits/redis-link'

/** A timeout in ms that even a slow machine never reaches. */
export const A_BUSY_MACHINE = 100_000

/** One of several processes that share counts, as lib/http/limits/open.ts makes it, with a clock set by hand. */
export class Member {
  readonly limiter: Limiter
  readonly logged: string[] = []
  now = 1_000_000
  /** The timeout for a response of Redis, in ms. */
  patience = A_BUSY_MACHINE
  private readonly breaker: Breaker
  private notify = () => {}

  constructor(private readonly link: RedisLink) {
    const patience = () => this.patience
    this.breaker = new Breaker({
      probe: link.probe,
      get patience() {
        return patience()
      },
      retryAfter: 10,
      say: (sentence) => {
        this.logged.push(sentence)
        this.notify()
      },
    })
    this.limiter = new Limiter({ now: () => this.now, shared: { redis: link.redis, breaker: this.breaker } })
  }

  /** Waits until such a sentence was logged. */
  async untilLogged(sentence: RegExp): Promise<void> {
    while (!this.logged.some((each) => sentence.test(each)))
      await new Promise<void>((resolve) => {
        this.notify = resolve
      })
  }

  close(): void {
    this.breaker.stop()
    this.link.close()
  }
}
