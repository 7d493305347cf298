import { connect, createServer, type Socket } from 'node:net'
import { afterAll } from 'vitest'
import { closePool, pool } from '@/lib/db/pool'

/** A proxy between the pool and its database. */
export type TcpProxy = {
  /** Breaks every connection, by a reset as after a crash or by a normal end, and refuses new ones until `repair`. */
  cut(how?: 'reset' | 'end'): void
  repair(): Promise<void>
}

/** Connects the pool to the test's database through a proxy. Call it after `createTestDatabase`. */
export async function createTcpProxy(url: string): Promise<TcpProxy> {
  const address = new URL(url)
  const sockets = new Set<Socket>()
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket)).on('error', () => {})
  }
  const listen = (port: number) =>
    new Promise<ReturnType<typeof createServer>>((resolve) => {
      const opened = createServer((client) => {
        const database = connect(Number(address.port), address.hostname)
        for (const [from, to] of [
          [client, database],
          [database, client],
        ] as const) {
          track(from)
          from.pipe(to)
          from.once('close', () => to.destroy())
        }
      }).listen(port, '127.0.0.1', () => resolve(opened))
    })

  let server = await listen(0)
  const bound = server.address()
  if (typeof bound === 'string' || !bound) throw new Error('The proxy has no port')
  const { port } = bound
  const cut = (how: 'reset' | 'end' = 'reset') => {
    server.close()
    for (const socket of sockets) how === 'reset' ? socket.resetAndDestroy() : socket.destroy()
  }
  await closePool(AbortSignal.abort())
  const proxied = new URL(url)
  proxied.hostname = '127.0.0.1'
  proxied.port = `${port}`
  process.env.DATABASE_URL = proxied.href
  pool()
  afterAll(async () => {
    await closePool(AbortSignal.abort())
    cut()
  })
  return {
    cut,
    repair: async () => {
      if (!server.listening) server = await listen(port)
    },
  }
}
