import { expect, test } from 'vitest'
import type { OriginRequest, OriginResponse } from '@/lib/cache/response/origin'
import { drawingNotFound } from './error-pages'

const response = (status: number, body: string): OriginResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public' },
  body: Buffer.from(body),
})
const UNDRAWN = '<!DOCTYPE html><html id="__next_error__"><body></body></html>'

/** An origin that answers with `first`, and with a rendered page at the address of the 404 page. */
function originOf(first: OriginResponse) {
  const requests: OriginRequest[] = []
  const origin = drawingNotFound(async (request: OriginRequest) => {
    requests.push(request)
    return request.url === '/_not-found' ? { ...response(404, 'drawn'), headers: {} } : first
  })
  return { requests, origin }
}

test('a blank 404 page is replaced by a rendered one, and keeps its headers', async () => {
  const blank = response(404, UNDRAWN)
  const { requests, origin } = originOf(blank)
  expect(await origin({ url: '/albums/x-1', headers: { 'user-agent': 'a' } })).toEqual({
    ...blank,
    body: Buffer.from('drawn'),
  })
  expect(requests.map(({ url, headers }) => [url, headers])).toEqual([
    ['/albums/x-1', { 'user-agent': 'a' }],
    ['/_not-found', { 'user-agent': 'a' }],
  ])
})

test.each([
  ['exists', response(200, UNDRAWN)],
  ['fails', response(500, UNDRAWN)],
  ['is already rendered', response(404, '<!DOCTYPE html><html lang="en"><body>Nothing here</body></html>')],
  ['has only data', response(404, '0:{"b":"x"}')],
])('a page that %s is unchanged', async (_, given) => {
  const { requests, origin } = originOf(given)
  expect(await origin({ url: '/albums/x-1', headers: {} })).toBe(given)
  expect(requests).toHaveLength(1)
})
