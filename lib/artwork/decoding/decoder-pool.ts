import { availableParallelism, constants } from 'node:os'
import { Decoder } from './decoder'
import { MAX_CPU_MS, MAX_WAIT_MS } from './limits'
import type { DecodingTask, ProcessingResult } from './messages'

/** The default number of pictures decoded at a time, each in a process: at most two, for memory, and one processor is left free. */
export const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1))

const LOW_PRIORITY: number = constants.priority.PRIORITY_LOW

/** A pool of decoders; pictures queue for a free one. */
export class DecoderPool {
  private readonly free: Decoder[]
  private readonly all: readonly Decoder[]
  private readonly waiting: ((decoder: Decoder) => void)[] = []

  /** @param options the priority is low by default, because the site's own requests come first. */
  constructor({ count = AT_ONCE, maxCpuMs = MAX_CPU_MS, maxWaitMs = MAX_WAIT_MS, priority = LOW_PRIORITY } = {}) {
    const leavesOne = count < availableParallelism()
    this.all = Array.from({ length: count }, () => new Decoder({ maxCpuMs, maxWaitMs, leavesOne, priority }))
    this.free = [...this.all].reverse()
  }

  /** @returns the variants of a picture, or the reason for the refusal. @throws when `signal` aborts. */
  async processPicture(task: DecodingTask, signal?: AbortSignal): Promise<ProcessingResult> {
    const decoder = this.free.pop() ?? (await new Promise<Decoder>((resolve) => this.waiting.push(resolve)))
    try {
      return await decoder.processPicture(task, signal)
    } finally {
      const next = this.waiting.shift()
      if (next) next(decoder)
      else this.free.push(decoder)
    }
  }

  /** Kills their processes. */
  end(): void {
    for (const decoder of this.all) decoder.end()
  }
}

const shared = globalThis as typeof globalThis & { syroDecoderPool?: DecoderPool; syroBackgroundDecoder?: DecoderPool }

/** The shared pool of this thread. Its processes end when idle and with this process. */
export function decoderPool(): DecoderPool {
  shared.syroDecoderPool ??= new DecoderPool()
  return shared.syroDecoderPool
}

/** A single decoder for background work: fetches are slower than it, and a second would cost another 150 MiB. */
export function backgroundDecoder(): DecoderPool {
  shared.syroBackgroundDecoder ??= new DecoderPool({ count: 1 })
  return shared.syroBackgroundDecoder
}
