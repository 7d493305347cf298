import { beforeEach, describe, expect, test, vi } from 'vitest'
import { MAX_PICTURE_BYTES } from '@/lib/http/body-limit'
import { callerOf } from '@/lib/http/gate/caller'
import type { Fault } from '@/lib/http/gate/faults'
import { createGate, type Gate, PassedRequest } from '@/lib/http/gate/gate'
import { Limiter } from '@/lib/http/limits/limiter'
import { countWith } from '@/lib/http/limits/limits'
import { log } from '@/lib/observability/log'
import { maxBodyAt } from './gate'
import { parseRequest } from './operations'

const NOW = Date.UTC(2026, 0, 1)
const KEY = { id: 7, userId: 3, role: 'listener' } as const
const OPERATORS_KEY = { ...KEY, role: 'operator' } as const
const CURRENT = '"current"'

let clock: { now: number }
let gate: Gate
/** Keys that are looked up without the guard. */
let found: Set<string>
/** Keys that were looked up. */
let lookUps: string[]

/** Our own log has the details that clients do not see. */
vi.spyOn(log, 'error').mockImplementation(() => {})

beforeEach(() => {
  clock = { now: NOW }
  lookUps = []
  found = new Set()
  countWith(new Limiter({ now: () => clock.now }))
  gate = createGate({
    findKey: (token, guarded) => {
      const lookUp = async () => {
        lookUps.push(token)
        if (token === 'down') throw new Error('The database is gone')
        return token === 'good' ? KEY : token === 'operator' ? OPERATORS_KEY : null
      }
      return found.has(token) ? lookUp() : guarded(lookUp)
    },
    parse: parseRequest,
    findUnchanged: async (request) =>
      request.headers.get('if-none-match') === CURRENT
        ? new Response(null, { status: 304, headers: { etag: CURRENT } })
        : null,
    now: () => clock.now,
  })
})

type Init = { method?: string; headers?: Record<string, string>; from?: string; fault?: Fault }
const ask = (path: string, { method = 'GET', headers = {}, from = '203.0.113.9', fault }: Init = {}) => {
  const request = new Request(`http://localhost${path}`, { method, headers: { 'x-forwarded-for': from, ...headers } })
  return fault ? gate.refuse(request, fault) : gate.enter(request)
}

/** The outcome of a request, with the status, headers and body that the client gets. */
async function answer(path: string, init?: Init) {
  const outcome = await ask(path, init)
  if (outcome instanceof PassedRequest)
    return { status: 200, headers: new Headers(outcome.responseHeaders), passed: outcome, body: undefined }
  const text = await outcome.text()
  return {
    status: outcome.status,
    headers: outcome.headers,
    passed: undefined,
    body: text ? JSON.parse(text) : undefined,
  }
}

const remaining = (headers: Headers) => Number(headers.get('x-ratelimit-remaining'))
const callerSeen = (passed: PassedRequest | undefined) =>
  callerOf(new Request('http://localhost', { headers: passed?.requestHeaders ?? {} }))

describe('the caller', () => {
  test('is anonymous without a key', async () => {
    const { passed, headers } = await answer('/api/v1/albums')
    expect(callerSeen(passed)).toEqual({ kind: 'anonymous', network: '203.0.113.9' })
    expect(headers.get('ratelimit-policy')).toBe('"anonymous";q=100;w=3600')
    expect(headers.get('ratelimit')).toBe('"anonymous";r=99;t=3600')
  })

  test('is the owner of the key, from any address', async () => {
    const headers = { authorization: 'Bearer good' }
    const { passed } = await answer('/api/v1/albums', { headers })
    expect(callerSeen(passed)).toEqual({ kind: 'key', ...KEY })
    const elsewhere = await answer('/api/v1/albums', {
      headers: { authorization: 'bearer  good' },
      from: '198.51.100.1',
    })
    expect(elsewhere.headers.get('ratelimit')).toBe('"keyed";r=998;t=3600')
    expect(remaining((await answer('/api/v1/albums')).headers)).toBe(99)
  })

  for (const authorization of ['Bearer bad', 'Bearer', 'Bearer a b', 'good', 'Basic Z29vZA==', ''])
    test(`is refused with an invalid key: “${authorization}”`, async () => {
      const { status, headers, body } = await answer('/api/v1/albums', { headers: { authorization } })
      expect(status).toBe(401)
      expect(headers.get('www-authenticate')).toMatch(/^Bearer /)
      expect(body).toMatchObject({ type: '/api/docs/problems#unauthorized', status: 401, instance: '/api/v1/albums' })
      expect(body.detail).toMatch(authorization === 'Bearer bad' ? /is not valid/ : /must be “Bearer” and a key/)
      // A caller with an invalid key is charged as anonymous.
      expect(headers.get('ratelimit')).toBe('"anonymous";r=99;t=3600')
    })

  test('can’t be set by the client', async () => {
    const caller = JSON.stringify({ kind: 'key', ...KEY })
    const { passed } = await answer('/api/v1/albums', { headers: { 'x-syro-caller': caller } })
    expect(callerSeen(passed).kind).toBe('anonymous')
  })

  test('gets a 503, not a 401, if the look-up of its key fails', async () => {
    const { status, headers, body } = await answer('/api/v1/albums', { headers: { authorization: 'Bearer down' } })
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('5')
    expect(headers.get('ratelimit')).toBe('"anonymous";r=100;t=3600')
    expect(JSON.stringify(body)).not.toContain('database')
  })
})

const TOO_LARGE: Fault = { kind: 'content-too-large', detail: 'Too large.', headers: { connection: 'close' } }

describe('charges', () => {
  for (const [what, path, init, costs] of [
    ['a resource', '/api/v1/albums?page=2', {}, 1],
    ['its head', '/api/v1/albums', { method: 'HEAD' }, 1],
    ['a missing resource', '/api/v1/nothing', {}, 1],
    ['a path outside every version', '/api/nothing', {}, 0],
    ['a malformed path', '/api/v1/%', { fault: TOO_LARGE }, 0],
    ['the redirect to the reference', '/api', {}, 0],
    ['the redirect of this version', '/api/v1/docs', {}, 0],
    ['an unsupported method', '/api/v1/albums', { method: 'DELETE' }, 1],
    ['an old tag', '/api/v1/albums', { headers: { 'if-none-match': '"old"' } }, 1],
    ['a current tag', '/api/v1/albums', { headers: { 'if-none-match': CURRENT } }, 0],
    ['a preflight request', '/api/v1/albums', { method: 'OPTIONS' }, 0],
    ['the rate limit resource', '/api/v1/rate-limit', {}, 0],
    ['the OpenAPI document', '/api/v1/openapi.json', {}, 0],
    ['the root', '/api/v1', {}, 0],
  ] as const)
    test(`${what} costs ${costs}`, async () => {
      const { headers } = await answer(path, init)
      expect(remaining(headers)).toBe(100 - costs)
      expect(remaining((await answer('/api/v1/rate-limit')).headers)).toBe(100 - costs)
    })

  test('health is not limited, and ignores keys', async () => {
    const { status, headers } = await answer('/api/health', { headers: { authorization: 'Bearer down' } })
    expect(status).toBe(200)
    expect(headers.get('ratelimit')).toBe('"anonymous";r=100;t=3600')
  })

  test('a refused request costs nothing, and its response has the client’s limit', async () => {
    const refused = await answer('/api/v1/albums', { headers: { authorization: 'Bearer good' }, fault: TOO_LARGE })
    expect(refused).toMatchObject({ status: 413, body: { instance: '/api/v1/albums', detail: 'Too large.' } })
    expect(refused.headers.get('ratelimit')).toBe('"keyed";r=1000;t=3600')
    expect(refused.headers.get('connection')).toBe('close')
    const unknown = { headers: { authorization: 'Bearer bad' }, fault: TOO_LARGE }
    expect((await answer('/api/v1/albums', unknown)).status).toBe(413)
    const fault = { headers: { authorization: 'Bearer down' }, fault: TOO_LARGE }
    expect((await answer('/api/v1/albums', fault)).status).toBe(413)
  })

  test('addresses of one IPv6 network share one quota', async () => {
    await answer('/api/v1/albums', { from: '2001:db8:1:2::1' })
    expect(remaining((await answer('/api/v1/albums', { from: '2001:db8:1:2:ffff::9' })).headers)).toBe(98)
    expect(remaining((await answer('/api/v1/albums', { from: '2001:db8:1:3::1' })).headers)).toBe(99)
  })
})

describe('over the limit', () => {
  beforeEach(async () => {
    for (let request = 0; request < 100; request++) await ask('/api/v1/albums')
    clock.now += 600_500
  })

  test('a request is refused until the window ends, and the response says when', async () => {
    const { status, headers, body } = await answer('/api/v1/albums')
    expect(status).toBe(429)
    expect(headers.get('retry-after')).toBe('3000')
    expect(headers.get('ratelimit')).toBe('"anonymous";r=0;t=3000')
    expect(headers.get('x-ratelimit-reset')).toBe(`${NOW / 1000 + 3600}`)
    expect(body).toEqual({
      type: '/api/docs/problems#too-many-requests',
      title: 'Too many requests',
      status: 429,
      detail: 'All 100 requests of this window are used; the next one begins in 3,000 s. With a key there are 1,000.',
      instance: '/api/v1/albums',
      requestId: headers.get('x-request-id'),
    })
    clock.now += 3_000_000
    expect((await answer('/api/v1/albums')).headers.get('ratelimit')).toBe('"anonymous";r=99;t=3600')
  })

  test('the response names the /48 if that is over its limit', async () => {
    const from = (request: number) => `2001:db8:1:${(request % 40).toString(16)}::1`
    for (let request = 0; request < 3_200; request++) await ask('/api/v1/albums', { from: from(request) })
    const { status, headers, body } = await answer('/api/v1/albums', { from: '2001:db8:1:ffff::1' })
    expect(status).toBe(429)
    expect(headers.get('ratelimit')).toBe('"anonymous-48";r=0;t=3600')
    expect(body.detail).toBe(
      'All 3,200 requests of this window that the addresses in 2001:db8:1::/48 share are used; the next one begins in 3,600 s. With a key there are 1,000.',
    )

    const guess = (index: number, address: string) =>
      answer('/api/v1/albums', { from: address, headers: { authorization: `Bearer unknown-${index}` } })
    for (let index = 0; index < 3_200; index++) await guess(index, from(index))
    expect((await guess(3_200, '2001:db8:1:ffff::1')).body.detail).toBe(
      'The addresses in 2001:db8:1::/48 have together sent 3,200 unknown keys in this window; in 3,600 s they may try another. Valid keys continue to work.',
    )
  })

  test('free requests are still answered', async () => {
    const unchanged = await answer('/api/v1/albums', { headers: { 'if-none-match': CURRENT } })
    expect(unchanged.status).toBe(304)
    expect(unchanged.headers.get('etag')).toBe(CURRENT)
    expect((await answer('/api/v1/albums', { method: 'OPTIONS' })).status).toBe(204)
    const limit = await answer('/api/v1/rate-limit')
    expect(limit.status).toBe(200)
    expect(limit.headers.get('retry-after')).toBeNull()
  })

  test('other clients are not refused, nor keys from the same address', async () => {
    expect((await answer('/api/v1/albums', { from: '198.51.100.1' })).status).toBe(200)
    expect((await answer('/api/v1/albums', { headers: { authorization: 'Bearer good' } })).status).toBe(200)
    expect((await answer('/api/v1/albums', { headers: { authorization: 'Bearer bad' } })).status).toBe(401)
  })
})

describe('unknown keys', () => {
  const guess = (index: number, init: Init = {}) =>
    answer('/api/v1/albums', { headers: { authorization: `Bearer unknown-${index}` }, ...init })

  test('are looked up and refused up to the limit of the address; after that, none is looked up', async () => {
    const answers = await Promise.all(Array.from({ length: 150 }, (_, index) => guess(index)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(100)
    expect(statuses.filter((status) => status === 429)).toHaveLength(50)
    expect(lookUps).toHaveLength(100)

    clock.now += 600_000
    const { headers, body } = await guess(150)
    expect(headers.get('retry-after')).toBe('3000')
    expect(headers.get('ratelimit')).toBe('"unknown-keys";r=0;t=3000')
    expect(body.type).toBe('/api/docs/problems#too-many-requests')
    expect(body.detail).toMatch(/^This address has sent 100 unknown keys in this window; in 3,000 s it may try another/)
    // Unknown keys are charged to the address too.
    expect((await answer('/api/v1/albums')).status).toBe(429)
    expect(lookUps).toHaveLength(100)
    expect((await guess(151, { fault: TOO_LARGE })).status).toBe(413)
    expect(lookUps).toHaveLength(100)

    expect((await guess(152, { from: '198.51.100.1' })).status).toBe(401)
    clock.now += 3_000_000
    expect((await guess(153)).status).toBe(401)
  })

  test('do not block valid keys at the same address', async () => {
    for (let index = 0; index <= 100; index++) await guess(index)
    found.add('good')
    expect((await answer('/api/v1/albums', { headers: { authorization: 'Bearer good' } })).status).toBe(200)
  })

  test('do not include valid keys or keys whose look-up fails', async () => {
    for (let index = 0; index < 120; index++)
      expect((await answer('/api/v1/albums', { headers: { authorization: 'Bearer good' } })).status).toBe(200)
    for (let index = 0; index < 120; index++)
      expect((await answer('/api/v1/albums', { headers: { authorization: 'Bearer down' } })).status).toBe(503)
    expect((await guess(0)).status).toBe(401)
  })

  test('do not stop a new key at an address whose quota is used up', async () => {
    for (let request = 0; request <= 100; request++) await ask('/api/v1/albums')
    expect((await answer('/api/v1/albums', { headers: { authorization: 'Bearer good' } })).status).toBe(200)
  })
})

describe('every response', () => {
  const kinds = [
    ['to a read', '/api/v1/albums', {}],
    ['to an unknown key', '/api/v1/albums', { headers: { authorization: 'Bearer bad' } }],
    ['without changes', '/api/v1/albums', { headers: { 'if-none-match': CURRENT } }],
    ['to an unknown path', '/api/nothing', {}],
    ['to a preflight request', '/api/v1/albums', { method: 'OPTIONS' }],
    ['with a redirect', '/api', {}],
    ['to a health check', '/api/health', {}],
    ['to a body that is too large', '/api/v1/albums', { fault: TOO_LARGE }],
    ['while keys can’t be looked up', '/api/v1/albums', { headers: { authorization: 'Bearer down' } }],
    ['to an unsupported method', '/api/v1/albums', { method: 'POST' }],
    ['to a write without a key', '/api/v1/albums/7/artwork', { method: 'PUT' }],
    ['to a read of a writable address', '/api/v1/albums/7/artwork', {}],
  ] as const
  for (const [what, path, init] of kinds)
    test(`${what} may be read by any site, and has an id and the limit`, async () => {
      const { headers } = await answer(path, init)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      expect(headers.get('ratelimit-policy')).toBe('"anonymous";q=100;w=3600')
      expect(headers.get('ratelimit')).toMatch(/^"anonymous";r=\d+;t=3600$/)
      expect(headers.get('x-ratelimit-limit')).toBe('100')
      expect(headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/)
      expect(headers.get('x-ratelimit-reset')).toBe(`${NOW / 1000 + 3600}`)
    })

  for (const path of ['/api', '/api/', '/api/v1/docs', '/api?x=1'])
    test(`to ${path} redirects to the reference`, async () => {
      const { status, headers } = await answer(path)
      expect(status).toBe(308)
      expect(headers.get('location')).toBe('/api/docs')
      expect((await answer(path, { method: 'POST' })).status).toBe(405)
    })

  test('has the client’s own request id, if that is well-formed', async () => {
    for (const [given, sane] of [
      ['abc-123', true],
      ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', true],
      ['x'.repeat(129), false],
      ['<script>', false],
      ['a, b', false],
      ['-x', false],
    ] as const) {
      const { headers, passed } = await answer('/api/v1/albums', { headers: { 'x-request-id': given } })
      expect(headers.get('x-request-id') === given, given).toBe(sane)
      expect(passed?.requestHeaders.get('x-request-id')).toBe(headers.get('x-request-id'))
    }
  })

  test('lists the headers that other sites may send and read', async () => {
    const { status, headers } = await answer('/api/v1/albums', { method: 'OPTIONS' })
    expect(status).toBe(204)
    expect(headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD')
    expect(headers.get('access-control-allow-headers')).toBe('Authorization, If-None-Match, If-Match, Content-Type')
    const exposed = (await answer('/api/v1/albums')).headers.get('access-control-expose-headers')?.split(', ')
    for (const name of ['ETag', 'Link', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'X-RateLimit-Remaining'])
      expect(exposed).toContain(name)
  })

  test('to a writable address lists its methods, and other sites can’t write', async () => {
    const path = '/api/v1/albums/7/artwork'
    for (const method of ['PUT', 'DELETE']) {
      const byOperator = { method, headers: { authorization: 'Bearer operator' } }
      const { status, passed } = await answer(path, byOperator)
      expect(status).toBe(200)
      expect(callerSeen(passed)).toMatchObject({ kind: 'key', role: 'operator' })
      const withoutKey = await answer(path, { method })
      expect([withoutKey.status, withoutKey.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="SyroMusic"'])
      expect(withoutKey.body).toMatchObject({ type: '/api/docs/problems#key-required', title: 'API key required' })
      expect((await answer(path, { method, headers: { authorization: 'Bearer good' } })).status).toBe(403)
    }
    const { status, headers } = await answer(path)
    expect([status, headers.get('allow')]).toEqual([405, 'PUT, DELETE, OPTIONS'])
    const preflight = await answer(path, { method: 'OPTIONS' })
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD')
    expect((await answer(`${path}/x`, { method: 'PUT' })).status).toBe(405)
  })

  test('to an unsupported method lists the supported ones', async () => {
    const { status, headers, body } = await answer('/api/v1/albums', { method: 'POST' })
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(body.type).toBe('/api/docs/problems#method-not-allowed')
  })
})

test('only uploads of covers may have a body', () => {
  for (const [method, path, most] of [
    ['PUT', '/api/v1/albums/7/artwork', MAX_PICTURE_BYTES],
    ['DELETE', '/api/v1/albums/7/artwork', 0],
    ['POST', '/api/v1/albums/7/artwork', 0],
    ['PUT', '/api/v1/albums/7', 0],
  ] as const)
    expect(maxBodyAt(method, path), `${method} ${path}`).toBe(most)
})
