import { createServer, connect as open, type Socket } from 'node:net'
import { afterAll } from 'vitest'
import { closePool, pool } from '@/lib/db/pool'

/** The line between this process and its database, which can be cut. */
export type Line = {
  /** Breaks every connection, as a crash of the machine or of the server does, and lets none come up until it is mended. */
  cut(how?: 'reset' | 'end'): void
  mend(): Promise<void>
}

/** Puts a line between the pool and the test's database. Call it after `createTestDatabase`. */
export async function createLine(url: string): Promise<Line> {
  const address = new URL(url)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => {})
  }
  const listen = (port: number) =>
    new Promise<ReturnType<typeof createServer>>((resolve) => {
      const opened = createServer((near) => {
        const far = open(Number(address.port), address.hostname)
        for (const [from, to] of [
          [near, far],
          [far, near],
        ] as const) {
          keep(from)
          from.pipe(to)
          from.once('close', () => to.destroy())
        }
      }).listen(port, '127.0.0.1', () => resolve(opened))
    })

  let server = await listen(0)
  const bound = server.address()
  if (typeof bound === 'string' || !bound) throw new Error('The line has no port')
  const { port } = bound
  const cut = (how: 'reset' | 'end' = 'reset') => {
    server.close()
    for (const socket of sockets) how === 'reset' ? socket.resetAndDestroy() : socket.destroy()
  }
  await closePool(AbortSignal.abort())
  const near = new URL(url)
  near.hostname = '127.0.0.1'
  near.port = `${port}`
  process.env.DATABASE_URL = near.href
  pool()
  afterAll(async () => {
    await closePool(AbortSignal.abort())
    cut()
  })
  return {
    cut,
    mend: async () => {
      if (!server.listening) server = await listen(port)
    },
  }
}
