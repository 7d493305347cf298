import { randomUUID, timingSafeEqual } from 'node:crypto'

/**
 * The header that tells the middleware that a request has passed the gate in front. Its value is a secret of the
 * process, made at its start and sent to Next.js only.
 */
export const GATED = 'x-syro-gated'

const shared = globalThis as typeof globalThis & { syroGateWord?: string }

export function gateWord(): string {
  shared.syroGateWord ??= randomUUID()
  return shared.syroGateWord
}

/** The threads of a process share one. */
export function setGateWord(word: string): void {
  shared.syroGateWord = word
}

export function isGated(headers: Headers): boolean {
  const given = Buffer.from(headers.get(GATED) ?? '')
  const right = Buffer.from(gateWord())
  return given.length === right.length && timingSafeEqual(given, right)
}
