import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { listenerOrigin } from '@/lib/cache/response/origin'
import { createWhole } from './whole-response'

let server: Server
const faults: unknown[] = []
afterEach(() => {
  server.close().closeAllConnections()
  faults.splice(0)
})

/** A site that answers with complete responses of `listener`. */
async function siteThat(listener: RequestListener): Promise<string> {
  server = createServer(createWhole(listenerOrigin(listener), (error) => faults.push(error)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const words = 'A response in words. '.repeat(100)

test('address and headers are forwarded, and status, headers and body are returned', async () => {
  const address = await siteThat((request, response) => {
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    response.writeHead(404, { 'x-asked': `${request.url} ${request.headers['x-word']}` }).end('nothing')
  })
  const answer = await fetch(`${address}/a?b=c`, { headers: { 'x-word': 'hello' } })
  expect(answer.status).toBe(404)
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(answer.headers.get('x-asked')).toBe('/a?b=c hello')
  expect(await answer.text()).toBe('nothing')
})

test('a response is compressed here, with a Vary header', async () => {
  const address = await siteThat((request, response) => {
    expect(request.headers['accept-encoding']).toBeUndefined()
    response.writeHead(200, { 'content-type': 'text/plain', vary: 'Accept' }).end(words)
  })
  for (const [accepted, coding] of [
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const answer = await fetch(address, { headers: { 'accept-encoding': accepted } })
    expect(answer.headers.get('content-encoding')).toBe(coding)
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Encoding')
    expect(await answer.text()).toBe(words)
  }
})

test('HEAD has the Content-Length of GET, and 304 and 204 have none', async () => {
  const address = await siteThat((request, response) => {
    if (request.url === '/same') response.writeHead(304, { etag: '"1"' }).end()
    else if (request.url === '/none') response.writeHead(204).end()
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(words)
  })
  const head = await fetch(address, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
  expect(head.headers.get('content-length')).toBe(`${words.length}`)
  expect(await head.text()).toBe('')
  for (const [path, status] of [
    ['/same', 304],
    ['/none', 204],
  ] as const) {
    const answer = await fetch(address + path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-length')).toBeNull()
  }
})

test('a response that fails before its end gives an error at once', async () => {
  const address = await siteThat((_request, response) => {
    response.write('some')
    response.destroy(new Error('half-way'))
  })
  const answer = await fetch(address)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(faults).toEqual([new Error('half-way')])
})
