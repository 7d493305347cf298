import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Failure, OutsideServer } from '@/lib/enrichment/testing/server'
import { OutsideClient } from './client'
import { kindOfStatus, OutsideFault } from './fault'
import { publicLookup, type Resolve } from './lookup'

const now = new Date('2026-01-01T00:00:00Z')
const Thing = z.object({ id: z.string() })
const signal = new AbortController().signal
/** Timeouts for servers that never respond; all others get long ones. */
const SHORT = { connect: 200, whole: 200 }

let redirect: string | null = null
/** The status of a response without headers or body. */
let bare: number | null = null
const server = await OutsideServer.start((request, response) => {
  if (bare !== null) response.writeHead(bare, { 'retry-after': '30' }).end()
  else if (redirect !== null && request.url?.startsWith('/redirect'))
    response.writeHead(302, { location: redirect }).end()
  else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
  else response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', etag: '"1"' }).end('{"id":"a-1"}')
})
beforeEach(() => {
  server.failure = null
  server.requests.length = 0
  redirect = null
  bare = null
})

const clientOf = (options: Partial<ConstructorParameters<typeof OutsideClient>[0]> = {}) =>
  new OutsideClient({
    baseUrl: server.url,
    isOwn: true,
    userAgent: 'SyroMusic/1 (ada@example.com)',
    now: () => now,
    ...options,
  })

const ask = (client = clientOf(), path = '/thing') => client.json(path, Thing, { signal })

async function faultOf(asking: Promise<unknown>): Promise<OutsideFault> {
  const error = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof OutsideFault)) throw new Error('It did not fail as a request does', { cause: error })
  return error
}

/** A resolver that returns these addresses, one list per lookup. */
const resolving =
  (...answers: string[][]): Resolve =>
  (_hostname, _options, callback) => {
    const addresses = answers.length > 1 ? answers.shift() : answers[0]
    const found: LookupAddress[] = (addresses ?? []).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))
    callback(null, found)
  }

test('sends user agent and Accept, and reads the response', async () => {
  expect(await ask()).toEqual({ kind: 'value', value: { id: 'a-1' }, etag: '"1"' })
  expect(server.requests).toMatchObject([
    {
      method: 'GET',
      path: '/thing',
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'SyroMusic/1 (ada@example.com)',
      },
    },
  ])
})

test('sends a conditional request', async () => {
  expect(await clientOf().json('/thing', Thing, { signal, etag: '"1"' })).toEqual({ kind: 'unchanged' })
})

test('the source’s own 404 is no error', async () => {
  server.failure = 404
  const askOf = (words: RegExp) => clientOf().json('/thing', Thing, { signal, isNothing: (body) => words.test(body) })
  expect(await askOf(/Not Found/)).toEqual({ kind: 'nothing' })
  expect(await faultOf(askOf(/No such thing/))).toMatchObject({ kind: 'misplaced', isOfSource: true })
})

for (const [failure, kind, isOfSource] of [
  ['hang', 'slow', true],
  ['stall', 'slow', true],
  ['reset', 'unreachable', true],
  [500, 'failing', true],
  [503, 'busy', true],
  [429, 'busy', true],
  [400, 'rejected', false],
  [403, 'closed', true],
  [404, 'misplaced', true],
  ['truncated', 'truncated', true],
  ['html', 'nonsense', true],
  ['broken JSON', 'nonsense', true],
  ['other JSON', 'nonsense', true],
  ['no HTTP', 'nonsense', true],
  ['large', 'large', false],
  ['endless', 'large', false],
  ['loop', 'refused', false],
  ['loop of many', 'refused', false],
] as const satisfies [Failure, string, boolean][])
  test(`a server that fails by ${failure} is reported as ${kind}`, async () => {
    server.failure = failure
    const timeouts = failure === 'hang' || failure === 'stall' ? SHORT : { connect: 60_000, whole: 60_000 }
    const fault = await faultOf(ask(clientOf({ timeouts })))
    expect(fault).toMatchObject({ kind, isOfSource })
    expect(fault.message).toMatch(/\.$/)
  })

test('a closed port is unreachable', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const address = closed.address()
  const port = typeof address === 'object' ? address?.port : 0
  closed.close()
  await once(closed, 'close')
  const fault = await faultOf(ask(clientOf({ baseUrl: `http://127.0.0.1:${port}` })))
  expect(fault).toMatchObject({ kind: 'unreachable', message: `127.0.0.1:${port} can’t be reached (ECONNREFUSED).` })
})

test('reads Retry-After of a busy server', async () => {
  server.failure = 503
  expect((await faultOf(ask())).notBefore).toEqual(new Date('2026-01-01T00:00:30Z'))
  server.failure = 429
  expect((await faultOf(ask())).notBefore).toBeNull()
})

for (const [status, kind] of [
  [401, 'closed'],
  [402, 'failing'],
  [403, 'closed'],
  [405, 'failing'],
  [407, 'closed'],
  [408, 'failing'],
  [410, 'misplaced'],
  [451, 'closed'],
  [204, 'failing'],
  [302, 'failing'],
] as const)
  test(`${status} is a failure of the source, not of the request, and may have a Retry-After`, async () => {
    bare = status
    expect(await faultOf(ask())).toMatchObject({
      kind,
      isOfSource: true,
      notBefore: new Date('2026-01-01T00:00:30Z'),
    })
  })

test('a 404 after a redirect to another host concerns the request alone', () => {
  expect(kindOfStatus(404, true)).toBe('rejected')
  expect(kindOfStatus(404, false)).toBe('misplaced')
  expect(kindOfStatus(403, true)).toBe('closed')
})

test('an abort throws the signal’s reason', async () => {
  server.failure = 'hang'
  const stop = new AbortController()
  const asking = clientOf().json('/thing', Thing, { signal: stop.signal })
  stop.abort(new Error('Enough'))
  await expect(asking).rejects.toThrow('Enough')
  await expect(clientOf().json('/thing', Thing, { signal: stop.signal })).rejects.toThrow('Enough')
})

describe('private addresses', () => {
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ]
  for (const address of inside) {
    test(`refuses a name that resolves to ${address}`, async () => {
      const client = clientOf({ baseUrl: 'http://source.example', isOwn: false, resolve: resolving([address]) })
      expect(await faultOf(ask(client))).toMatchObject({ kind: 'refused' })
    })

    test(`refuses a redirect to ${address}`, async () => {
      redirect = `http://${address.includes(':') ? `[${address}]` : address}:${server.port}/secret`
      // The server's own address is allowed, as the operator's source, but not on another port.
      if (address === '127.0.0.1') redirect = 'http://127.0.0.1:1/secret'
      expect(await faultOf(ask(clientOf(), '/redirect'))).toMatchObject({ kind: 'refused' })
      expect(server.requests).toHaveLength(1)
    })
  }

  for (const host of ['localhost', '2130706433', '0x7f.1', '127.1', '[::ffff:7f00:1]'])
    test(`refuses a redirect to ${host}, another spelling of a private address`, async () => {
      redirect = `http://${host}:${server.port}/secret`
      const resolve = resolving(['127.0.0.1'])
      if (new URL(redirect).origin === server.url) redirect = redirect.replace(`:${server.port}`, ':1')
      expect(await faultOf(ask(clientOf({ resolve }), '/redirect'))).toMatchObject({ kind: 'refused' })
    })

  for (const location of ['file:///etc/passwd', 'ftp://source.example/', 'gopher://127.0.0.1/', 'http://'])
    test(`refuses a redirect to ${location}`, async () => {
      redirect = location
      expect(await faultOf(ask(clientOf(), '/redirect'))).toMatchObject({ kind: 'refused' })
    })

  test('connects to the checked address, with one lookup per request', async () => {
    let lookups = 0
    const resolve: Resolve = (...given) => {
      lookups += 1
      resolving(['127.0.0.1'])(...given)
    }
    await ask(clientOf({ baseUrl: `http://source.example:${server.port}`, resolve }))
    expect(lookups).toBe(1)
    expect(server.requests).toHaveLength(1)
  })

  test('refuses a name as soon as it resolves to a private address', async () => {
    const lookup = publicLookup(resolving(['93.184.216.34'], ['127.0.0.1']))
    const look = () =>
      new Promise((resolve) =>
        lookup('source.example', { all: true }, (error, addresses) => resolve(error ?? addresses)),
      )
    expect(await look()).toEqual([{ address: '93.184.216.34', family: 4 }])
    expect(await look()).toMatchObject({ kind: 'refused' })
  })

  test('uses only the public addresses of a name', async () => {
    const lookup = publicLookup(resolving(['127.0.0.1', '93.184.216.34', '::1']))
    const look = (all: boolean) =>
      new Promise((resolve) => lookup('source.example', { all }, (...given) => resolve(given.slice(1))))
    expect(await look(true)).toEqual([[{ address: '93.184.216.34', family: 4 }]])
    expect(await look(false)).toEqual(['93.184.216.34', 4])
  })

  test('the operator’s own source may have a private address and redirect to itself', async () => {
    redirect = '/thing'
    expect(await ask(clientOf(), '/redirect')).toMatchObject({ kind: 'value' })
    expect(await ask(clientOf({ baseUrl: `${server.url}/mirror/` }))).toMatchObject({ kind: 'value' })
    expect(server.requests.at(-1)?.path).toBe('/mirror/thing')
  })
})

test('returns other bodies unchanged up to the size limit', async () => {
  const take = (maxBytes: number) => clientOf().get('/thing', { accept: 'image/*', maxBytes, signal })
  expect(await take(12)).toMatchObject({ kind: 'body', body: Buffer.from('{"id":"a-1"}'), url: `${server.url}/thing` })
  expect(await faultOf(take(11))).toMatchObject({ kind: 'large' })
})
