import { randomUUID, timingSafeEqual } from 'node:crypto'

/**
 * That a request has come through the gate in front, in this process, so that the middleware lets it pass. No client knows
 * the word: it is made anew by each process and goes no further than Next.js.
 */
export const GATED = 'x-syro-gated'

const shared = globalThis as typeof globalThis & { syroGateWord?: string }

export function gateWord(): string {
  shared.syroGateWord ??= randomUUID()
  return shared.syroGateWord
}

/** The threads of a process have one. */
export function setGateWord(word: string): void {
  shared.syroGateWord = word
}

export function isGated(headers: Headers): boolean {
  const given = Buffer.from(headers.get(GATED) ?? '')
  const right = Buffer.from(gateWord())
  return given.length === right.length && timingSafeEqual(given, right)
}
