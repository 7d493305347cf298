import { availableParallelism } from 'node:os'
import { MOST_CPU_MS, MOST_WAIT_MS } from './limits'
import { Maker } from './maker'
import type { Order, Outcome } from './messages'

/**
 * So many pictures are made at a time, by a process each, where nobody says how many: two at the most, which take memory,
 * and one processor is left to visitors.
 */
export const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1))

/** Several makers, each with one picture at a time; pictures wait for one that is free. */
export class Makers {
  private readonly free: Maker[]
  private readonly all: readonly Maker[]
  private readonly waiting: ((maker: Maker) => void)[] = []

  constructor({ count = AT_ONCE, mostCpuMs = MOST_CPU_MS, mostWaitMs = MOST_WAIT_MS } = {}) {
    const leavesOne = count < availableParallelism()
    this.all = Array.from({ length: count }, () => new Maker({ mostCpuMs, mostWaitMs, leavesOne }))
    this.free = [...this.all].reverse()
  }

  /** @returns the variants of a picture, or why there are none. @throws when it is told to stop. */
  async make(order: Order, signal?: AbortSignal): Promise<Outcome> {
    const maker = this.free.pop() ?? (await new Promise<Maker>((resolve) => this.waiting.push(resolve)))
    try {
      return await maker.make(order, signal)
    } finally {
      const next = this.waiting.shift()
      if (next) next(maker)
      else this.free.push(maker)
    }
  }

  /** Ends their processes, whatever they do. */
  end(): void {
    for (const maker of this.all) maker.end()
  }
}

const shared = globalThis as typeof globalThis & { syroMakers?: Makers; syroPatientMaker?: Makers }

/** Those of this process (of this thread, in a site). Their processes end by themselves, when idle and with this one. */
export function makers(): Makers {
  shared.syroMakers ??= new Makers()
  return shared.syroMakers
}

/** A single one, for whoever has time: what is fetched comes no faster, and a second would be another 150 MiB. */
export function patientMaker(): Makers {
  shared.syroPatientMaker ??= new Makers({ count: 1 })
  return shared.syroPatientMaker
}
