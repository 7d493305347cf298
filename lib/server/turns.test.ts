import { once } from 'node:events'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test, vi } from 'vitest'
import { limitBody, MAX_FORM_BYTES } from '@/lib/http/body-limit'
import { log } from '@/lib/observability/log'
import { createHttpServer } from './http'
import { readResponses } from './next/testing'

let server: Server
let socket: Socket
afterEach(() => {
  socket.destroy()
  server.close().closeAllConnections()
})

async function serve(listener: RequestListener): Promise<void> {
  server = createHttpServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
}

const get = (id: number, fields = '') => `GET /${id} HTTP/1.1\r\nHost: here\r\n${fields}\r\n`
const gets = (count: number) => Array.from({ length: count }, (_, id) => get(id)).join('')

/** The bodies of the responses until the connection is closed, up to `count`. */
async function bodies(count: number, method = 'GET'): Promise<string[]> {
  const found: string[] = []
  for await (const { body } of readResponses(socket, Array<string>(count).fill(method)))
    if (found.push(body) === count) break
  return found
}

test('requests of one connection are handled one at a time and in order', async () => {
  let underWay = 0
  let most = 0
  await serve((request, response) => {
    underWay += 1
    most = Math.max(most, underWay)
    response.once('finish', () => {
      underWay -= 1
    })
    const answer = () => response.end(request.url)
    if (Number(request.url?.slice(1)) % 2) answer()
    else setImmediate(answer)
  })
  socket.write(gets(300))
  expect(await bodies(300)).toEqual(Array.from({ length: 300 }, (_, id) => `/${id}`))
  expect(most).toBe(1)
})

test('a connection with thousands of waiting requests is not read further, and closed after the last allowed one', async () => {
  let begun = 0
  let finish = () => {}
  await serve((_request, response) => {
    begun += 1
    if (begun === 1) finish = () => response.end('first')
    else response.end('another')
  })
  let isPaused = false
  server.once('connection', (there: Socket) => there.on('pause', () => (isPaused = true)))
  socket.write(gets(1_500))
  await vi.waitFor(() => expect(isPaused).toBe(true))
  expect(begun).toBe(1)
  finish()
  const answered = await bodies(1_500)
  expect(answered[0]).toBe('first')
  expect(answered).toHaveLength(501)
  expect(begun).toBe(501)
})

test('a waiting request is dropped when its client leaves', async () => {
  const begun: string[] = []
  let first: ServerResponse | undefined
  await serve((request, response) => {
    begun.push(request.url ?? '')
    first = response
  })
  const closed = once(server, 'connection').then(([there]) => once(there, 'close'))
  socket.write(gets(3))
  await vi.waitFor(() => expect(begun).toHaveLength(1))
  first?.socket?.destroy()
  await closed
  expect(begun).toEqual(['/0'])
})

test('requests after the last one of a connection are not handled', async () => {
  const begun: string[] = []
  await serve((request, response) => {
    begun.push(request.url ?? '')
    response.shouldKeepAlive = begun.length < 2
    setImmediate(() => response.end('.'))
  })
  socket.write(gets(5))
  expect(await bodies(5)).toHaveLength(2)
  expect(begun).toEqual(['/0', '/1'])
})

test('bodies of waiting requests arrive complete, with and without a length', async () => {
  await serve((request: IncomingMessage, response) =>
    limitBody(
      request,
      MAX_FORM_BYTES,
      async () => response.end(`${(await text(request)).length}`),
      () => response.writeHead(413, { connection: 'close' }).end('too large'),
    ),
  )
  const sizes = [1, 0, 20_000, 300_000, 5, 500_000]
  for (const size of sizes) {
    const head = 'POST / HTTP/1.1\r\nHost: here\r\n'
    const content = 'x'.repeat(size)
    socket.write(`${head}Content-Length: ${size}\r\n\r\n${content}`)
    const chunk = size > 0 ? `${size.toString(16)}\r\n${content}\r\n` : ''
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`)
  }
  expect(await bodies(sizes.length * 2, 'POST')).toEqual(sizes.flatMap((size) => [`${size}`, `${size}`]))
})

test('an error in a listener ends only its request', async () => {
  const logged = vi.spyOn(log, 'error').mockImplementation(() => {})
  await serve((request, response) => {
    if (request.url === '/0') throw new Error('at once')
    if (request.url === '/1') return Promise.reject(new Error('later')) as unknown as undefined
    response.end('.')
  })
  socket.write(gets(3))
  const statuses: number[] = []
  for await (const { status } of readResponses(socket, ['GET', 'GET', 'GET'])) if (statuses.push(status) === 3) break
  expect(statuses).toEqual([503, 503, 200])
  expect(logged).toHaveBeenCalledTimes(2)
  logged.mockRestore()
})
