import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { listenerOrigin, type OriginRequest } from '@/lib/cache/response/origin'
import { hasBody } from '@/lib/http/body-limit'
import { createHttpServer } from '@/lib/server/http'
import { connectCalls } from './calls'
import type { NextProcedures } from './interface'
import { createBehind, createProxy } from './proxy'
import { keepSocket } from './socket'
import { readResponses } from './testing'
import { createWhole, farOrigin } from './whole-response'

/** Thousands of concurrent requests of well and badly behaved clients: each gets its own response. */

type Sent = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT'
  /** The size of the body, and whether it is sent in chunks. */
  body: { bytes: number; chunked: boolean } | null
  /** How the backend answers it. */
  how: 'at once' | 'after its body' | 'later' | 'in parts' | 'without body' | 'not at all'
}
type Client = {
  requests: Sent[]
  /** Sends the next request without waiting for the response. */
  pipelines: boolean
  /** The number of bytes after which the client disconnects. */
  leavesAfter: number | null
}

const sentRequest: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'PUT'),
  body: fc.option(fc.record({ bytes: fc.constantFrom(0, 1, 1, 1, 20, 1_000, 100_000), chunked: fc.boolean() })),
  how: fc.constantFrom('at once', 'at once', 'after its body', 'later', 'in parts', 'without body'),
})
const client: fc.Arbitrary<Client> = fc.record({
  requests: fc
    .tuple(fc.array(sentRequest, { minLength: 1, maxLength: 16 }), fc.integer({ min: 0, max: 9 }))
    // An aborted response ends its connection, so it comes last.
    .map(([all, last]) =>
      last
        ? all
        : all.map((each, index) => (index === all.length - 1 ? { ...each, how: 'not at all' as const } : each)),
    ),
  pipelines: fc.boolean(),
  leavesAfter: fc.option(fc.integer({ min: 1, max: 3_000 }), { freq: 6 }),
})

/** Stands in for Next.js: returns the id of the request, in the requested way. */
const behind: RequestListener = async (request, response) => {
  const { 'x-id': id = '', 'x-how': how } = request.headers
  response.setHeader('x-id', id)
  if (how === 'not at all') return void response.destroy()
  if (how === 'without body') return void response.writeHead(405, { allow: 'GET' }).end()
  if (how === 'after its body') await text(request).catch(() => '')
  if (how === 'later') for (let turns = Number(id) % 7; turns >= 0; turns -= 1) await turn()
  response.write(`${id} `)
  if (how === 'in parts') for (let turns = 0; turns < 3; turns += 1) await turn().then(() => response.write('.'))
  response.end('end')
}

let front: Server
let streams: Server
let socketPath: string
const { port1, port2 } = new MessageChannel()
const faults: unknown[] = []

beforeAll(async () => {
  const origin = listenerOrigin(behind)
  connectCalls(port2, { answer: (request: OriginRequest) => origin(request) })
  const { answer } = connectCalls<Pick<NextProcedures, 'answer'>>(port1, {})
  const socket = keepSocket(async (at) => {
    streams = createBehind(behind).listen(at)
    await once(streams, 'listening')
  })
  await socket.open()
  socketPath = socket.path
  const onError = (error: unknown) => faults.push(error)
  const stream = createProxy(socket, onError)
  const whole = createWhole(farOrigin(answer), onError)
  const isWhole = (request: IncomingMessage) =>
    (request.method === 'GET' || request.method === 'HEAD') &&
    !hasBody(request) &&
    Number(request.headers['x-id']) % 3 > 0
  front = createHttpServer((request, response) => (isWhole(request) ? whole : stream)(request, response))
  await once(front.listen(0, '127.0.0.1'), 'listening')
})

afterAll(async () => {
  await rm(path.dirname(socketPath), { recursive: true })
  front.close().closeAllConnections()
  streams.close().closeAllConnections()
  port1.close()
})

function bytesOf({ method, body, how }: Sent, id: number): string {
  const head = `${method} /${id} HTTP/1.1\r\nHost: here\r\nX-Id: ${id}\r\nX-How: ${how}\r\n`
  if (!body) return `${head}\r\n`
  const content = 'x'.repeat(body.bytes)
  if (!body.chunked) return `${head}Content-Length: ${body.bytes}\r\n\r\n${content}`
  const chunk = body.bytes > 0 ? `${body.bytes.toString(16)}\r\n${content}\r\n` : ''
  return `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`
}

/** The faults in the responses that a client gets. */
async function faultsOf({ requests: all, pipelines, leavesAfter }: Client, firstId: number): Promise<string[]> {
  const socket = connect((front.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
  const sent = all.map((each, index) => bytesOf(each, firstId + index))
  let left = leavesAfter ?? Number.POSITIVE_INFINITY
  const send = (part: string) => {
    socket.write(part.slice(0, left))
    left -= part.length
    if (left <= 0) setImmediate(() => socket.destroy())
  }
  if (pipelines) send(sent.join(''))
  else send(sent[0] ?? '')

  const found: string[] = []
  let got = 0
  for await (const { status, headers, body, isWhole } of readResponses(
    socket,
    all.map(({ method }) => method),
  )) {
    const { how = 'at once', method } = all[got] ?? {}
    const id = String(firstId + got)
    got += 1
    if (how === 'not at all' ? status !== 503 && isWhole : !isWhole || headers['x-id'] !== id)
      found.push(`${method} ${id} (${how}): ${status} of ${headers['x-id']}`)
    else if (how !== 'not at all' && how !== 'without body' && method !== 'HEAD' && body.split(' ')[0] !== id)
      found.push(`${method} ${id}: the body of ${body}`)
    if (got === all.length) break
    if (!pipelines) send(sent[got] ?? '')
  }
  socket.destroy()
  const isLastCut = all.at(-1)?.how === 'not at all'
  const least = leavesAfter === null ? all.length - (isLastCut ? 1 : 0) : 0
  if (got < least) found.push(`${firstId}: ${got} of ${least} responses`)
  return found
}

test('each of thousands of requests gets its own response, and no connection stays open', async () => {
  const clients = fc.sample(client, { seed: 20_260_711, numRuns: 500 })
  let requests = 0
  const found = await Promise.all(
    clients.map((each) => {
      requests += each.requests.length
      return faultsOf(each, requests - each.requests.length)
    }),
  )
  expect(found.flat()).toEqual([])
  expect(requests).toBeGreaterThan(3_000)
  for (const server of [front, streams])
    await vi.waitFor(async () =>
      expect(await new Promise((resolve) => server.getConnections((_, open) => resolve(open)))).toBe(0),
    )
  const cut = clients.filter(({ requests: all }) => all.at(-1)?.how === 'not at all').length
  expect(faults.length).toBeLessThanOrEqual(cut)
})
