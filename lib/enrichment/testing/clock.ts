import type { Clock } from '@/lib/enrichment/work/clock'

/** A clock that advances only by waiting, without real time. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 0, 1)

  readonly now = () => new Date(this.#now)
  readonly random = () => 0.5
  readonly wait = async (ms: number) => {
    // Concurrent waits overlap.
    const until = this.#now + ms
    await Promise.resolve()
    this.#now = Math.max(this.#now, until)
  }

  move(ms: number): void {
    this.#now += ms
  }
}
