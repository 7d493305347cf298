import { availableParallelism, constants } from 'node:os'
import { MOST_CPU_MS, MOST_WAIT_MS } from './limits'
import { Maker } from './maker'
import type { Order, ProcessingResult } from './messages'

/** The default number of pictures made at a time, each in a process: at most two, for memory, and one processor is left free. */
export const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1))

const LOW_PRIORITY: number = constants.priority.PRIORITY_LOW

/** A pool of makers; pictures queue for a free one. */
export class Makers {
  private readonly free: Maker[]
  private readonly all: readonly Maker[]
  private readonly waiting: ((maker: Maker) => void)[] = []

  /** @param options the priority is low by default, because the site's own requests come first. */
  constructor({ count = AT_ONCE, mostCpuMs = MOST_CPU_MS, mostWaitMs = MOST_WAIT_MS, priority = LOW_PRIORITY } = {}) {
    const leavesOne = count < availableParallelism()
    this.all = Array.from({ length: count }, () => new Maker({ mostCpuMs, mostWaitMs, leavesOne, priority }))
    this.free = [...this.all].reverse()
  }

  /** @returns the variants of a picture, or the reason for the refusal. @throws when `signal` aborts. */
  async make(order: Order, signal?: AbortSignal): Promise<ProcessingResult> {
    const maker = this.free.pop() ?? (await new Promise<Maker>((resolve) => this.waiting.push(resolve)))
    try {
      return await maker.make(order, signal)
    } finally {
      const next = this.waiting.shift()
      if (next) next(maker)
      else this.free.push(maker)
    }
  }

  /** Kills their processes. */
  end(): void {
    for (const maker of this.all) maker.end()
  }
}

const shared = globalThis as typeof globalThis & { syroMakers?: Makers; syroBackgroundMaker?: Makers }

/** The shared pool of this thread. Its processes end when idle and with this process. */
export function makers(): Makers {
  shared.syroMakers ??= new Makers()
  return shared.syroMakers
}

/** A single maker for background work: fetches are slower than one maker, and a second would cost another 150 MiB. */
export function backgroundMaker(): Makers {
  shared.syroBackgroundMaker ??= new Makers({ count: 1 })
  return shared.syroBackgroundMaker
}
