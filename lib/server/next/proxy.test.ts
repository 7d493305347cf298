import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect, test, vi } from 'vitest'
import { PortStream } from './port-stream'
import { createProxy } from './proxy'

/** Requests that are handed on over ports, as to the thread that Next.js runs in. */

let front: Server
let address: string
const faults: unknown[] = []
afterEach(() => {
  front.close().closeAllConnections()
  faults.splice(0)
})

let connections = 0

/** A site in front of `listener`. */
async function handOnTo(listener: RequestListener): Promise<void> {
  connections = 0
  const behind = createServer({ keepAliveTimeout: 0 }, listener)
  const connect = () => {
    const { port1, port2 } = new MessageChannel()
    connections += 1
    behind.emit('connection', new PortStream(port2) as unknown as Socket)
    return new PortStream(port1)
  }
  front = createServer(createProxy(connect, (error) => faults.push(error)))
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
}

test('method, address, fields and body arrive, and so do status, fields and body of the answer', async () => {
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

test('a body in chunks arrives with every method', async () => {
  await handOnTo(async (incoming, response) => response.end(`${incoming.method} ${await text(incoming)}`))
  for (const method of ['DELETE', 'POST']) {
    const asked = request(address, { method, headers: { 'transfer-encoding': 'chunked' } })
    asked.end('body')
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    expect(await text(answer)).toBe(`${method} body`)
  }
})

test('HEAD and 304 have no body and end; one connection serves one after the other', async () => {
  await handOnTo((incoming, response) => {
    if (incoming.url === '/same') response.writeHead(304, { etag: '"1"' }).end()
    else response.writeHead(200, { 'content-length': 5 }).end('whole')
  })
  expect((await fetch(address, { method: 'HEAD' })).headers.get('content-length')).toBe('5')
  expect((await fetch(`${address}/same`)).status).toBe(304)
  expect(await (await fetch(address)).text()).toBe('whole')
  expect(connections).toBe(1)
})

test('what is sent is no faster than it is taken, and who goes away is gone behind too', async () => {
  const chunk = Buffer.alloc(64 * 1024)
  let sent = 0
  let gone: () => void = () => {}
  const isGone = new Promise<void>((resolve) => {
    gone = resolve
  })
  const endless = function* () {
    for (;;) {
      sent += 1
      yield chunk
    }
  }
  await handOnTo((_incoming, response) => void pipeline(Readable.from(endless()), response, gone))
  const asked = request(address).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  // Nobody reads: what goes on is what the buffers of a connection hold.
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

test('where nobody is behind, a request fails with words', async () => {
  await handOnTo((_incoming, response) => void response.socket?.destroy())
  const answer = await fetch(address)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(faults).toHaveLength(1)
})
