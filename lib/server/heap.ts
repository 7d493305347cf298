import { setFlagsFromString } from 'node:v8'

/**
 * The growth of the heap, in percent, after which V8 collects garbage. By default V8 lets it grow to four times its
 * size: a list of a million songs then took 400 MiB while it was sent, now 20. The more frequent collections take about
 * 1 % of a processor, mostly in parallel.
 */
const GROWTH_PERCENT = 50

/** Keeps the process small, from the next garbage collection on. */
export const boundHeap = (): void => setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
