import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What a browser says, so pages are compressed for it. */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd'

/** Addresses to ask for, each once, in their order as far as several connections have one. */
export type VisitOrder = { origin: string; paths: string[]; connections: number; acceptEncoding: string }

const Visited = z.object({
  /** How long each answer took, from its request to its last byte. */
  ms: z.array(z.number()),
  /** From the first request to the last answer. */
  seconds: z.number(),
  /** How many answers had which status. */
  statuses: z.record(z.string(), z.number()),
  failed: z.number(),
})
export type Visited = z.infer<typeof Visited>

/** The one that visits: its compilers are warm after the first time. */
let visitor: ChildProcess | undefined

function startVisitor(): ChildProcess {
  const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)))
  const stop = () => child.kill()
  process.once('exit', stop)
  child.once('close', () => {
    process.off('exit', stop)
    visitor = undefined
  })
  // It waits for orders as long as there are any, and keeps nobody from ending.
  child.unref()
  child.channel?.unref()
  return child
}

/**
 * Asks for each of the paths once, with a connection for each of so many clients.
 * @param ok the statuses that may come.
 * @throws where an answer does not come, or has another status: then nothing was measured.
 */
export async function visit(
  origin: string,
  paths: string[],
  { connections = 1, ok = [200] }: { connections?: number; ok?: number[] } = {},
): Promise<Visited> {
  visitor ??= startVisitor()
  const order: VisitOrder = {
    origin,
    paths,
    connections: Math.min(connections, paths.length),
    acceptEncoding: ACCEPT_ENCODING,
  }
  visitor.channel?.ref()
  visitor.send(order)
  const heard = new AbortController()
  const { signal } = heard
  const closed = once(visitor, 'close', { signal }).then(() => [undefined])
  const [message] = await Promise.race([once(visitor, 'message', { signal }), closed])
  heard.abort()
  visitor?.channel?.unref()
  const visited = Visited.parse(message)
  const strange = Object.keys(visited.statuses).filter((status) => !ok.includes(Number(status)))
  if (visited.failed > 0 || strange.length > 0 || visited.ms.length !== paths.length)
    throw new Error(
      `Of ${paths.length} requests to ${origin}, ${visited.ms.length} were answered: ${JSON.stringify(visited.statuses)}`,
    )
  return visited
}
