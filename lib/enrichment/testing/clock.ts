import type { Clock } from '@/lib/enrichment/work/clock'

/** A clock that stands still, but for who waits: that takes no time here, and all of it there. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 0, 1)

  readonly now = () => new Date(this.#now)
  readonly random = () => 0.5
  readonly wait = async (ms: number) => {
    // Whoever waits together waits once.
    const until = this.#now + ms
    await Promise.resolve()
    this.#now = Math.max(this.#now, until)
  }

  /** Moves it on. @param ms by so much. */
  move(ms: number): void {
    this.#now += ms
  }
}
