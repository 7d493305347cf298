import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { faultOf } from './faults'

const faultFor = (url: string, method = 'GET') =>
  faultOf({
    url,
    method,
    httpVersion: '1.1',
    headers: { host: 'music.example' },
    rawHeaders: ['Host', 'music.example'],
  } as IncomingMessage)

for (const [what, path, method, kind] of [
  ['a segment of one dot', '/./account', 'POST', 'malformed-request'],
  ['segments of two dots', '/x/../api/v1/albums', 'GET', 'malformed-request'],
  ['dots at the end', '/albums/..', 'GET', 'malformed-request'],
  ['escaped dots', '/%2e/sign-in', 'POST', 'malformed-request'],
  ['one escaped and one plain dot', '/x/%2E./api/v1/albums', 'GET', 'malformed-request'],
  ['dots between backslashes', '/x\\..\\api/v1/albums', 'GET', 'malformed-request'],
  ['dots between escaped slashes', '/x%2f..%2Fapi/v1/albums', 'GET', 'malformed-request'],
  ['a null character', '/genres/%00', 'GET', 'malformed-request'],
  ['dots before the API', '/./api/v1/albums', 'GET', 'malformed-request'],
  ['a long path', `/${'a'.repeat(10_000)}`, 'GET', 'address-too-long'],
  ['a long path of the API', `/api/v1/albums/${'1'.repeat(10_000)}`, 'GET', 'address-too-long'],
  ['TRACE', '/sitemap.xml', 'TRACE', 'method-not-allowed'],
  ['TRACE of the API', '/api/v1/albums', 'TRACE', 'not-implemented'],
] as const)
  test(`${what} is refused`, () => expect(faultFor(path, method)?.kind).toBe(kind))

for (const path of [
  '/',
  '/albums/vol.-1-7',
  '/genres/...and-more',
  '/albums/a..b-7?page=2&x=/../',
  `/albums/${'%E9%A2%A8'.repeat(60)}-7`,
  '/_next/static/chunks/%5Bref%5D.js',
])
  test(`${path.slice(0, 40)} is accepted`, () => expect(faultFor(path)).toBeUndefined())
