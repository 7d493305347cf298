import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKey } from '@/lib/accounts/keys/write'
import { ResponseCache } from '@/lib/cache/response/cache'
import { listenerOrigin } from '@/lib/cache/response/origin'
import { createTestDatabase } from '@/lib/db/testing/database'
import { createApiFront } from './front'

/** Uploads to the API. Next.js keeps each one in memory until it is complete. */

const { pool } = await createTestDatabase()
const MAX_BYTES = 20 * 1024 * 1024

/** Requests that reached Next.js; the tests answer them. */
const pending: ServerResponse[] = []
const listener = (_: unknown, response: ServerResponse) => void pending.push(response)
const onError = (error: unknown) => expect.fail(String(error))
const api = createApiFront({
  cache: new ResponseCache({ origin: listenerOrigin(listener), maxBytes: 1_000, now: Date.now, onError }),
  headers: {},
  listener,
  now: Date.now,
  onError,
})
const server = createServer((request, response) => {
  request.headers['x-forwarded-for'] = '192.0.2.1'
  api.answer(request, response)
})
const sockets: Socket[] = []
let operator = ''

beforeAll(async () => {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO user_account (email, name, role) VALUES ('ada@example.com', 'Ada', 'operator') RETURNING id`,
  )
  operator = await createKey(rows[0]?.id ?? 0, 'Pictures')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
})

/** Sends only the header of an upload. @returns the status of the response, and the connection. */
function begin(key?: string): { status: Promise<string>; socket: Socket } {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(socket)
  const head = ['PUT /api/v1/albums/1/artwork HTTP/1.1', 'Host: here', `Content-Length: ${MAX_BYTES}`]
  if (key) head.push(`Authorization: Bearer ${key}`)
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  return { status: once(socket, 'data').then(([data]) => String(data).slice(9, 12)), socket }
}

/** Waits until this number of requests has reached Next.js. */
async function reached(count: number): Promise<void> {
  while (pending.length < count) await new Promise((resolve) => setImmediate(resolve))
}

test('a caller without permission is refused before the body is read', async () => {
  expect(await begin().status).toBe('401')
  expect(pending).toHaveLength(0)
})

test('the total size of concurrent uploads is bounded; finished and aborted uploads do not count', async () => {
  const first = begin(operator)
  await reached(1)
  for (let sent = 2; sent <= 6; sent++) {
    begin(operator)
    await reached(sent)
  }
  expect(await begin(operator).status).toBe('503')
  pending[0]?.writeHead(204, { connection: 'close' }).end()
  expect(await first.status).toBe('204')
  const abandoned = begin(operator)
  await reached(7)
  const closed = once(pending[6] ?? server, 'close')
  abandoned.socket.destroy()
  await closed
  begin(operator)
  await reached(8)
})
