import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, isBuilt } from './build'
import { makeDataDir, removeDataDir, root, Site } from './testing'

/** A running site answers every request to the API with a request id and the client's limit. */

let dataDir: string
let site: Site
let port: number

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  dataDir = await makeDataDir()
  site = Site.start(dataDir)
  port = Number(new URL(await site.address()).port)
})
afterAll(async () => {
  await site?.stop()
  if (dataDir) await removeDataDir(dataDir)
})

type Answer = { status: number; headers: Headers; body: string }

/** Sends a request on a new connection. @returns the response, once the connection is closed. */
async function exchange(head: string, body: readonly string[] = []): Promise<Answer> {
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => {})
  let received = ''
  socket.setEncoding('utf8').on('data', (text) => {
    received += text
  })
  await once(socket, 'connect')
  socket.write(`${head}\r\nConnection: close\r\n\r\n`)
  for (const part of body) socket.write(part)
  await closed
  const [, top = '', rest = ''] = /^(.*?)\r\n\r\n(.*)$/s.exec(received) ?? []
  const [line = '', ...fields] = top.split('\r\n')
  const headers = new Headers(fields.map((field) => field.split(/: (.*)/s).slice(0, 2) as [string, string]))
  return { status: Number(line.split(' ')[1]), headers, body: rest }
}

const HOST = 'HTTP/1.1\r\nHost: localhost'
const CHUNKED = 'Transfer-Encoding: chunked'
const TOO_MANY_BYTES = 20 * 1024 * 1024 + 1
const MIB_AND_MORE = [...Array.from({ length: 17 }, () => `10000\r\n${'x'.repeat(0x10000)}\r\n`), '0\r\n\r\n']

function expectLimit({ headers }: Answer): void {
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers.get('ratelimit-policy')).toBe('"anonymous";q=100;w=3600')
  expect(headers.get('ratelimit')).toMatch(/^"anonymous";r=\d+;t=\d+$/)
  expect(headers.get('x-ratelimit-limit')).toBe('100')
  for (const name of ['x-ratelimit-remaining', 'x-ratelimit-reset']) expect(headers.get(name)).toMatch(/^\d+$/)
}

describe('the response has the limit and a request id', () => {
  for (const [what, head, status, kind] of [
    ['the redirect to the reference', `GET /api ${HOST}`, 308, null],
    ['the redirect with a slash', `GET /api/ ${HOST}`, 308, null],
    ['the redirect of this version', `GET /api/v1/docs ${HOST}`, 308, null],
    ['a trailing slash', `GET /api/v1/albums/ ${HOST}`, 308, null],
    ['a health check', `GET /api/health ${HOST}`, 200, null],
    ['the root', `GET /api/v1 ${HOST}`, 200, null],
    ['the root with a slash', `GET /api/v1/ ${HOST}`, 200, null],
    ['a read', `GET /api/v1/albums ${HOST}`, 200, null],
    ['the rate limit resource', `GET /api/v1/rate-limit ${HOST}`, 200, null],
    ['the OpenAPI document', `GET /api/v1/openapi.json ${HOST}`, 200, null],
    ['a stream', `GET /api/v1/songs ${HOST}\r\nAccept: application/x-ndjson`, 200, null],
    ['a preflight request', `OPTIONS /api/v1/albums ${HOST}`, 204, null],
    ['an unknown path', `GET /api/nothing ${HOST}`, 404, 'not-found'],
    ['an unknown path of this version', `GET /api/v1/nothing ${HOST}`, 404, 'not-found'],
    ['a path of an unknown version', `GET /api/v2/albums ${HOST}`, 404, 'not-found'],
    ['an unknown path below health', `GET /api/health/nothing ${HOST}`, 404, 'not-found'],
    ['a missing album', `GET /api/v1/albums/1 ${HOST}`, 404, 'not-found'],
    ['a wrong parameter', `GET /api/v1/albums?limit=0 ${HOST}`, 400, 'invalid-parameter'],
    ['a wrong key', `GET /api/v1/albums ${HOST}\r\nAuthorization: Bearer x`, 401, 'unauthorized'],
    ['an absolute address', `GET http://127.0.0.1/api/v1/albums ${HOST}`, 200, null],
    ['an unsupported type', `GET /api/v1/albums ${HOST}\r\nAccept: text/html`, 406, 'not-acceptable'],
    ['a key without Bearer', `GET /api/v1/albums ${HOST}\r\nAuthorization: x`, 401, 'unauthorized'],
    ['a write without a key', `DELETE /api/v1/albums/1/artwork ${HOST}`, 401, 'key-required'],
    ['an unsupported method', `DELETE /api/v1/albums ${HOST}`, 405, 'method-not-allowed'],
    ['an unsupported method of health', `POST /api/health ${HOST}\r\nContent-Length: 0`, 405, 'method-not-allowed'],
    ['a method that Next.js fails on', `TRACE /api/v1/albums ${HOST}`, 501, 'not-implemented'],
    ['a malformed address', `GET /api/v1/% ${HOST}`, 400, 'malformed-request'],
    ['a malformed address of the reference', `GET /api/docs/% ${HOST}`, 400, 'malformed-request'],
    ['no host', 'GET /api/v1/albums HTTP/1.1', 400, 'malformed-request'],
    ['two hosts', `GET /api/v1/albums ${HOST}\r\nHost: elsewhere`, 400, 'malformed-request'],
    ['an unexpected body', `GET /api/v1/albums ${HOST}\r\nContent-Length: 1`, 400, 'malformed-request'],
    [
      'an unsupported method with a body',
      `POST /api/v1/albums ${HOST}\r\nContent-Length: 1`,
      405,
      'method-not-allowed',
    ],
    [
      'a body with too large a Content-Length',
      `PUT /api/v1/albums/1/artwork ${HOST}\r\nContent-Length: ${TOO_MANY_BYTES}`,
      413,
      'content-too-large',
    ],
  ] as const)
    test(`${what}: ${status}`, async () => {
      // The server waits for a body of the announced length.
      const [, length] = /Content-Length: (\d+)/.exec(head) ?? []
      const answer = await exchange(head, length ? ['x'.repeat(Number(length))] : [])
      expect(answer.status).toBe(status)
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expectLimit(answer)
      if (!kind) return
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(answer.body).toContain(`"type":"/api/docs/problems#${kind}"`)
      expect(answer.body).toContain(`"requestId":"${answer.headers.get('x-request-id')}"`)
    })

  test('a chunked body that is too large: 413, and the connection is closed', async () => {
    const answer = await exchange(`PUT /api/v1/albums/1/artwork ${HOST}\r\n${CHUNKED}`, MIB_AND_MORE)
    expect(answer.status).toBe(413)
    expectLimit(answer)
    expect(answer.headers.get('connection')).toBe('close')
    expect(JSON.parse(answer.body)).toMatchObject({
      type: '/api/docs/problems#content-too-large',
      detail: 'A picture may not be larger than 20,971,520 bytes, and its Content-Length says how large it is.',
    })
  })
})

test('pages refuse a chunked body that is too large, with a sentence', async () => {
  const answer = await exchange(`POST /sign-in ${HOST}\r\n${CHUNKED}`, MIB_AND_MORE)
  expect(answer.status).toBe(413)
  expect(answer.headers.get('connection')).toBe('close')
  expect(answer.body).toContain('A request may not be larger than 1,048,576 bytes.')
})

test('an unexpected body is refused without effect on other requests', async () => {
  const paths = ['/robots.txt', '/sitemap.xml', '/sitemap/pages.xml', '/opensearch.xml', '/_next/image', '/albums', '/']
  for (const body of [`Content-Length: 1`, CHUNKED])
    for (const path of [...paths, '/search/suggestions?q=a']) {
      const parts = body === CHUNKED ? ['1\r\nx\r\n0\r\n\r\n'] : ['x']
      const [posted, got] = await Promise.all([
        exchange(`POST ${path} ${HOST}\r\n${body}`, parts),
        exchange(`GET ${path} ${HOST}\r\n${body}`, parts),
      ])
      expect([posted.status, posted.headers.get('allow')], path).toEqual([405, 'GET, HEAD, OPTIONS'])
      expect(got.status, path).toBe(400)
      expect(got.body, path).toContain('A GET request to this address takes no body.\n')
      for (const { headers } of [posted, got]) expect(headers.get('connection'), path).toBe('close')
    }
  const form = await exchange(`PUT /sign-in ${HOST}\r\nContent-Length: 1`, ['x'])
  expect([form.status, form.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])

  await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      await exchange(`POST /robots.txt ${HOST}\r\nContent-Length: 1`, ['x'])
      const id = `request-${index}`
      const following = await exchange(`GET /search/suggestions?wrong=1 ${HOST}\r\nX-Request-Id: ${id}`)
      expect(following.body).toContain(`"requestId":"${id}"`)
    }),
  )
})

test('the image address of Next.js gives a 404', async () => {
  expect((await exchange(`GET /_next/image?url=%2Ficon.svg&w=64&q=75 ${HOST}`)).status).toBe(404)
})

test('the Vary header of the API has none of the entries of pages', async () => {
  for (const [head, vary] of [
    [`GET /api/v1/songs ${HOST}\r\nAccept: application/x-ndjson`, 'Accept, Accept-Encoding'],
    [`GET /api/v1/albums ${HOST}`, 'Accept, Accept-Encoding'],
    [`GET /api/v1/rate-limit ${HOST}`, 'Accept-Encoding'],
    [`GET /api/health ${HOST}`, 'Accept-Encoding'],
  ] as const)
    expect((await exchange(head)).headers.get('vary'), head).toBe(vary)
})

test('the reference has neither a limit nor a request id, as it is the same for everyone', async () => {
  for (const address of ['/api/docs', '/api/docs/problems']) {
    const { status, headers } = await exchange(`GET ${address} ${HOST}`)
    expect(status).toBe(200)
    for (const name of ['ratelimit', 'ratelimit-policy', 'x-ratelimit-limit', 'x-request-id'])
      expect(headers.get(name)).toBeNull()
  }
})

test('reads and missing resources are charged, other requests are not', async () => {
  const left = async () =>
    Number((await exchange(`GET /api/v1/rate-limit ${HOST}`)).headers.get('x-ratelimit-remaining'))
  const before = await left()
  for (const free of [
    'GET /api',
    'GET /api/nothing',
    'GET /api/v1/docs',
    'GET /api/health',
    'TRACE /api/v1/albums',
    'GET /api/v1/%',
  ])
    await exchange(`${free} ${HOST}`)
  expect(await left()).toBe(before)
  await exchange(`GET /api/v1/nothing ${HOST}`)
  expect(await left()).toBe(before - 1)
})
