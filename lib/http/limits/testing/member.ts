import { Breaker } from '@/lib/http/limits/breaker'
import { Limiter } from '@/lib/http/limits/limiter'
import type { RedisLink } from '@/lib/http/limits/redis-link'

/** ms for which an answer is waited for where none is to be missed, however slow the machine. */
export const A_BUSY_MACHINE = 100_000

/** One of several processes that count together: what lib/http/limits/open.ts makes, with a clock that is set by hand. */
export class Member {
  readonly limiter: Limiter
  readonly said: string[] = []
  now = 1_000_000
  /** How long an answer is waited for, in ms. */
  patience = A_BUSY_MACHINE
  private readonly breaker: Breaker
  private heard = () => {}

  constructor(private readonly link: RedisLink) {
    const patience = () => this.patience
    this.breaker = new Breaker({
      probe: link.probe,
      get patience() {
        return patience()
      },
      retryAfter: 10,
      say: (sentence) => {
        this.said.push(sentence)
        this.heard()
      },
    })
    this.limiter = new Limiter({ now: () => this.now, shared: { redis: link.redis, breaker: this.breaker } })
  }

  /** Waits until it has said so. */
  async says(sentence: RegExp): Promise<void> {
    while (!this.said.some((each) => sentence.test(each)))
      await new Promise<void>((resolve) => {
        this.heard = resolve
      })
  }

  close(): void {
    this.breaker.stop()
    this.link.close()
  }
}
