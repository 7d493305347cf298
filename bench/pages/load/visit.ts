import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A browser's header, so that pages are compressed. */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd'

/** Addresses to request once each, in order as far as several connections allow. */
export type VisitRequest = {
  origin: string
  paths: string[]
  connections: number
  headers: Record<string, string>
}

const VisitResult = z.object({
  /** The time of each response, from its request to its last byte. */
  ms: z.array(z.number()),
  /** From the first request to the last response. */
  seconds: z.number(),
  /** The number of responses by status. */
  statuses: z.record(z.string(), z.number()),
  failed: z.number(),
})
export type VisitResult = z.infer<typeof VisitResult>

/** The visiting process, reused so that its code is compiled. */
let visitor: ChildProcess | undefined

function startVisitor(): ChildProcess {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)))
  const stop = () => child.kill()
  process.once('exit', stop)
  child.once('close', () => {
    process.off('exit', stop)
    visitor = undefined
  })
  // The idle process does not keep this one alive.
  child.unref()
  child.channel?.unref()
  return child
}

/**
 * Requests each path once, over one connection per client.
 * @param ok the expected statuses.
 * @throws if a response is missing or has another status.
 */
export async function visit(
  origin: string,
  paths: string[],
  {
    connections = 1,
    headers = {},
    ok = [200],
  }: Partial<Omit<VisitRequest, 'origin' | 'paths'>> & { ok?: number[] } = {},
): Promise<VisitResult> {
  visitor ??= startVisitor()
  const request: VisitRequest = {
    origin,
    paths,
    connections: Math.min(connections, paths.length),
    headers: { 'accept-encoding': ACCEPT_ENCODING, ...headers },
  }
  visitor.channel?.ref()
  visitor.send(request)
  const settled = new AbortController()
  const { signal } = settled
  const closed = once(visitor, 'close', { signal }).then(() => [undefined])
  const [message] = await Promise.race([once(visitor, 'message', { signal }), closed])
  settled.abort()
  visitor?.channel?.unref()
  const visited = VisitResult.parse(message)
  const unexpected = Object.keys(visited.statuses).filter((status) => !ok.includes(Number(status)))
  if (visited.failed > 0 || unexpected.length > 0 || visited.ms.length !== paths.length)
    throw new Error(
      `Of ${paths.length} requests to ${origin}, ${visited.ms.length} were answered: ${JSON.stringify(visited.statuses)}`,
    )
  return visited
}
