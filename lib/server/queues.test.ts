import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import type { OriginRequest, OriginResponse } from '@/lib/cache/response/origin'
import { QueueFull } from '@/lib/cache/response/waiting-clients'
import { createQueues, queuedOrigin, queuedStream } from './queues'

/** The queue of each request, and how long it holds its place. */

const CROWD = '203.0.113.9'
const OTHER = '198.51.100.7'
const ANSWER: OriginResponse = { status: 200, headers: {}, body: Buffer.alloc(0) }

/** An origin behind the queues that answers only on demand. */
function site() {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const origin = queuedOrigin(createQueues(), ({ url }) => {
    begun.push(url)
    return new Promise((resolve) => ends.push(() => resolve(ANSWER)))
  })
  const ask = (client: string, url: string, method?: OriginRequest['method']) => {
    const pending = origin({ url, headers: { 'x-forwarded-for': client }, ...(method && { method }) })
    pending.catch(() => {})
    return pending
  }
  return { ask, begun, ends }
}

test('a network renders two pages at once, and its other pages do not delay other networks', async () => {
  const { ask, begun, ends } = site()
  for (let index = 0; index < 50; index++) void ask(CROWD, `/crowd/${index}`)
  void ask(OTHER, '/other')
  await turn()
  expect(begun).toEqual(['/crowd/0', '/crowd/1', '/other'])
  ends[0]?.()
  await turn()
  expect(begun).toEqual(['/crowd/0', '/crowd/1', '/other', '/crowd/2'])
})

test('forms have their own queue and do not delay pages', async () => {
  const { ask, begun } = site()
  for (let index = 0; index < 50; index++) void ask(CROWD, '/sign-in', 'POST')
  void ask(CROWD, '/page')
  await turn()
  expect(begun).toContain('/page')
})

test('ten forms of a network reach the password queue, and leave places for others', async () => {
  const { ask, begun } = site()
  for (let index = 0; index < 30; index++) void ask(CROWD, `/sign-up/${index}`, 'POST')
  void ask(OTHER, '/other', 'POST')
  await turn()
  expect(begun.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, index) => `/sign-up/${index}`))
  expect(begun).toContain('/other')
})

test('requests beyond a network’s share of the queue are refused', async () => {
  const { ask } = site()
  const all = Array.from({ length: 150 }, () => ask(CROWD, '/page'))
  await expect(all.at(-1)).rejects.toThrow(QueueFull)
  void all
})

let server: Server | undefined
afterEach(() => {
  server?.close().closeAllConnections()
})

test('a stream holds its place until it is sent or its client leaves; a full queue gives a 503', async () => {
  const streaming: Parameters<RequestListener>[1][] = []
  const listener = queuedStream(createQueues(), (_request, response) => void streaming.push(response.writeHead(200)))
  server = createServer((request, response) => {
    request.headers['x-forwarded-for'] = CROWD
    void listener(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const left = new AbortController()
  const [first] = [fetch(address), fetch(address, { signal: left.signal }).catch(() => {})]
  await vi.waitFor(() => expect(streaming).toHaveLength(2))

  const more = Array.from({ length: 11 }, () => fetch(address))
  const refused = await Promise.race(more)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await refused.text()).toMatch(/^Too many requests are waiting/)
  expect(streaming).toHaveLength(2)

  left.abort()
  await vi.waitFor(() => expect(streaming).toHaveLength(3))
  streaming[0]?.end('all of it')
  expect(await (await first)?.text()).toBe('all of it')
  await vi.waitFor(() => expect(streaming).toHaveLength(4))
})
