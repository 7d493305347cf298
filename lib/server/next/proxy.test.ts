import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http'
import { type AddressInfo, connect as connectTo, type Socket } from 'node:net'
import path from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test, vi } from 'vitest'
import { createBehind, createProxy } from './proxy'
import { keepSocket } from './socket'

/** Requests forwarded over a Unix socket, as to the thread of Next.js. */

let front: Server
let behind: Server | undefined
let address: string
let socketPath: () => string
const faults: unknown[] = []
afterEach(async () => {
  await rm(path.dirname(socketPath()), { recursive: true, force: true })
  for (const server of [front, behind]) server?.close().closeAllConnections()
  behind = undefined
  faults.splice(0)
  for (const client of clients.splice(0)) client.destroy()
})

const clients: Socket[] = []

/** A site in front of `listener`. */
async function handOnTo(listener: RequestListener): Promise<void> {
  const socket = keepSocket(async (at) => {
    behind?.close()
    behind = createBehind(listener).listen(at)
    await once(behind, 'listening')
  })
  await socket.open()
  socketPath = () => socket.path
  front = createServer(createProxy(socket, (error) => faults.push(error)))
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
}

/** Open connections to the backend. */
const open = (): Promise<number> => new Promise((resolve) => behind?.getConnections((_, count) => resolve(count)))
const isClosedBehind = () => vi.waitFor(async () => expect(await open()).toBe(0))

test('requests are forwarded with method, address, headers and body; responses with status, headers and body', async () => {
  await handOnTo(async (incoming, response) => {
    const { method, url, headers } = incoming
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    response.setHeader('x-asked', `${method} ${url} ${headers['x-word']} ${headers.host}`)
    response.writeHead(201)
    response.end(await text(incoming))
  })
  const body = 'é'.repeat(300_000)
  const answer = await fetch(`${address}/a?b=c`, { method: 'PUT', body, headers: { 'x-word': 'hello' } })
  expect(answer.status).toBe(201)
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(answer.headers.get('x-asked')).toBe(`PUT /a?b=c hello ${new URL(address).host}`)
  expect(await answer.text()).toBe(body)
})

test('a chunked body is forwarded with every method', async () => {
  await handOnTo(async (incoming, response) => response.end(`${incoming.method} ${await text(incoming)}`))
  for (const method of ['DELETE', 'POST']) {
    const sending = request(address, { method, headers: { 'transfer-encoding': 'chunked' } })
    sending.end('body')
    const [answer] = (await once(sending, 'response')) as [IncomingMessage]
    expect(await text(answer)).toBe(`${method} body`)
  }
})

test('HEAD and 304 responses have no body, and their connections are closed', async () => {
  let connections = 0
  await handOnTo((incoming, response) => {
    if (incoming.url === '/same') response.writeHead(304, { etag: '"1"' }).end()
    else response.writeHead(200, { 'content-length': 5 }).end('whole')
  })
  behind?.on('connection', () => {
    connections += 1
  })
  expect((await fetch(address, { method: 'HEAD' })).headers.get('content-length')).toBe('5')
  expect((await fetch(`${address}/same`)).status).toBe(304)
  expect(await (await fetch(address)).text()).toBe('whole')
  expect(connections).toBe(3)
  await isClosedBehind()
})

/** Sends a raw request. @returns the connection, and the start of the response or an empty string. */
async function send(text: string): Promise<{ client: Socket; answer: string }> {
  const client = connectTo(Number(new URL(address).port), '127.0.0.1')
  clients.push(client)
  client.write(text)
  const [chunk] = (await Promise.race([once(client, 'data'), once(client, 'close')])) as [Buffer | boolean]
  return { client, answer: chunk instanceof Buffer ? chunk.toString('latin1') : '' }
}

test('requests with trailers, without a host in HTTP/1.0, or with a full header are answered', async () => {
  await handOnTo((incoming, response) => response.end(`heard ${incoming.headers['x-long']?.length}`))
  const long = 'x'.repeat(16 * 1024 - 24)
  for (const [text, length] of [
    ['GET / HTTP/1.1\r\nHost: a\r\nTrailer: x-sum\r\n\r\n', 'undefined'],
    ['GET / HTTP/1.0\r\n\r\n', 'undefined'],
    [`GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${long}\r\n\r\n`, `${long.length}`],
  ] as const) {
    const { answer } = await send(text)
    expect(answer).toMatch(/^HTTP\/1.1 200 OK/)
    expect(answer).toContain(`heard ${length}`)
  }
})

test('a client that gets an early response and leaves does not leave a connection open', async () => {
  await handOnTo((_incoming, response) => response.end('early'))
  const { client, answer } = await send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nsome')
  expect(answer).toContain('early')
  client.destroy()
  await isClosedBehind()
  expect(faults).toEqual([])
})

test('a client that gets an early response may finish its body and reuse the connection', async () => {
  await handOnTo((incoming, response) => response.end(`early ${incoming.url}`))
  const { client } = await send('POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nsome')
  client.write('restGET /2 HTTP/1.1\r\nHost: a\r\n\r\n')
  const [chunk] = (await once(client, 'data')) as [Buffer]
  expect(chunk.toString('latin1')).toContain('early /2')
})

test('a slow client slows down the backend, and a client that leaves ends its request there', async () => {
  const chunk = Buffer.alloc(64 * 1024)
  let sent = 0
  let closed: () => void = () => {}
  const isGone = new Promise<void>((resolve) => {
    closed = resolve
  })
  const endless = function* () {
    for (;;) {
      sent += 1
      yield chunk
    }
  }
  await handOnTo((_incoming, response) => void pipeline(Readable.from(endless()), response, closed))
  const sending = request(address).end()
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]
  // Without a reader, only the buffers of the connection fill up.
  answer.pause()
  let before = -1
  await vi.waitFor(
    () => {
      const isStill = sent === before
      before = sent
      expect(isStill).toBe(true)
    },
    { timeout: 20_000, interval: 200 },
  )
  expect(sent * chunk.length).toBeLessThan(64 * 1024 * 1024)
  answer.destroy()
  await isGone
  expect(faults).toEqual([])
})

test('a request gets a 503 while the backend is away', async () => {
  await handOnTo((_incoming, response) => void response.socket?.destroy())
  const answer = await fetch(address)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(faults).toHaveLength(1)
})

test('the socket is opened again when its file is deleted', async () => {
  await handOnTo((_incoming, response) => response.end('here'))
  const before = socketPath()
  await rm(path.dirname(before), { recursive: true })
  expect((await fetch(address)).status).toBe(503)
  await vi.waitFor(() => expect(socketPath()).not.toBe(before))
  expect(await (await fetch(address)).text()).toBe('here')
})

test('an aborted response is aborted for the client too', async () => {
  await handOnTo((_incoming, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('some')
    setImmediate(() => response.destroy())
  })
  await expect(fetch(address).then((response) => response.text())).rejects.toThrow()
  await isClosedBehind()
})
