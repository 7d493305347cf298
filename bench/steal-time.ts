import { readFile } from 'node:fs/promises'

/** Steal time: CPU time that a hypervisor gives to other machines. Measurements during it are worthless. */

/** In ticks since boot; zero without /proc/stat. */
type Ticks = { busy: number; steal: number }

/** "cpu user nice system idle iowait irq softirq steal …": proc_stat(5). */
async function ticks(): Promise<Ticks> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => '')
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = text
    .slice(0, Math.max(0, text.indexOf('\n')))
    .split(/\s+/)
    .map(Number)
  return { busy: user + nice + system + irq + softirq, steal }
}

/** @returns a function that returns the share of steal time in busy time since now, from 0 to 1. */
export async function watchStealTime(): Promise<() => Promise<number>> {
  const from = await ticks()
  return async () => {
    const to = await ticks()
    const steal = to.steal - from.steal
    return steal === 0 ? 0 : steal / (to.busy - from.busy + steal)
  }
}

/** A machine with quiet neighbours loses 2 %; one with busy neighbours, half. */
const MAX_STEAL = 0.05
const MAX_ATTEMPTS = 5

let maxAttempts = MAX_ATTEMPTS

/** From now on, no measurement of this process is repeated: a short run only shows that everything works. */
export function neverRepeat(): void {
  maxAttempts = 1
}

/** Repeats a measurement with too much steal time. @returns the one with the least. */
export async function withLittleSteal<Sample>(measure: () => Promise<Sample>, watch = watchStealTime): Promise<Sample> {
  let best: { sample: Sample; share: number } | undefined
  for (let left = maxAttempts; left > 0 && (best?.share ?? 1) > MAX_STEAL; left--) {
    const steal = await watch()
    const sample = await measure()
    const share = await steal()
    if (!best || share < best.share) best = { sample, share }
  }
  if (!best) throw new Error('Nothing was measured')
  return best.sample
}
