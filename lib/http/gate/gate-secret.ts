import { randomUUID, timingSafeEqual } from 'node:crypto'

/**
 * The header that tells the middleware that a request has passed the gate in front. Its value is a secret of the
 * process, made at its start and sent to Next.js only.
 */
export const GATED = 'x-syro-gated'

const shared = globalThis as typeof globalThis & { syroGateSecret?: string }

export function gateSecret(): string {
  shared.syroGateSecret ??= randomUUID()
  return shared.syroGateSecret
}

/** The threads of a process share one. */
export function setGateSecret(secret: string): void {
  shared.syroGateSecret = secret
}

export function isGated(headers: Headers): boolean {
  const given = Buffer.from(headers.get(GATED) ?? '')
  const right = Buffer.from(gateSecret())
  return given.length === right.length && timingSafeEqual(given, right)
}
