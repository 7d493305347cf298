import { LRUCache } from 'lru-cache'

/** The requests of one window. Both figures only grow, so the larger of two counts is the newer. */
export type WindowCount = { charged: number; refunded: number }

/** The window of a client, as this process knows it. */
export type Window = {
  /** In ms since the epoch. */
  endsAt: number
  /** Redis's last count. */
  confirmed: WindowCount
  /** Counted here and sent to Redis, without an answer yet. */
  pending: WindowCount
  /** Counted here and not sent to Redis; without Redis, everything. */
  unsent: WindowCount
}

export const none = (): WindowCount => ({ charged: 0, refunded: 0 })
export const sum = (a: WindowCount, b: WindowCount): WindowCount => ({
  charged: a.charged + b.charged,
  refunded: a.refunded + b.refunded,
})
export const difference = (a: WindowCount, b: WindowCount): WindowCount => ({
  charged: a.charged - b.charged,
  refunded: a.refunded - b.refunded,
})
export const larger = (a: WindowCount, b: WindowCount): WindowCount => ({
  charged: Math.max(a.charged, b.charged),
  refunded: Math.max(a.refunded, b.refunded),
})

/** The used part of a quota. */
export const used = ({ charged, refunded }: WindowCount): number => charged - refunded

/** The used part of a window's quota, as this process knows it. */
export const usedOf = ({ confirmed, pending, unsent }: Window): number => used(confirmed) + used(pending) + used(unsent)

/**
 * The windows of one policy in this process. Their number is bounded: when there are too many, the one that was used
 * least recently is forgotten. So a flood of addresses takes no more memory, and each address gets no more than its quota,
 * which it has anyway.
 */
export class Windows {
  private readonly windows: LRUCache<string, Window>

  /** @param seconds how long a window is. @param max how many are kept. */
  constructor(
    private readonly seconds: number,
    max: number,
  ) {
    this.windows = new LRUCache({ max })
  }

  /** The window that is open for a client. @param now ms since the epoch. */
  find(client: string, now: number): Window | undefined {
    const window = this.windows.get(client)
    return window && window.endsAt > now ? window : undefined
  }

  /** The same, or a new one. */
  open(client: string, now: number): Window {
    const found = this.find(client, now)
    if (found) return found
    const window = { endsAt: this.end(now), confirmed: none(), pending: none(), unsent: none() }
    this.windows.set(client, window)
    return window
  }

  /** When a window ends that begins now. */
  end(now: number): number {
    return now + this.seconds * 1000
  }

  get size(): number {
    return this.windows.size
  }
}
