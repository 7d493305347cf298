import { expect, test } from 'vitest'
import { MAX_FORM_BYTES } from './body-limit'
import { findRoute, isPersonal, isStreamed, maxFormBytes } from './routes'

test('a path in upper case finds the same route, as in Next.js', () => {
  expect(findRoute('/ALBUMS')).toEqual({ ...findRoute('/albums'), isUnbounded: true })
})

test('invented addresses are marked', () => {
  for (const path of ['/nothing', '/albums/1/2/3', '/Albums/ok-computer-1', '/sEarch'])
    expect(findRoute(path)?.isUnbounded, path).toBe(true)
  for (const path of ['/', '/albums', '/albums/Any-Slug-1', '/search', '/_next/static/chunks/main.js'])
    expect(findRoute(path)?.isUnbounded, path).toBeUndefined()
  expect(findRoute('/search')?.freeText).toContain('q')
  expect(findRoute('/albums')?.freeText).toEqual(['color'])
})

test('responses that depend on the client, or are too large, bypass the cache', () => {
  for (const path of [
    '/robots.txt',
    '/search/suggestions',
    '/sitemap.xml',
    '/sitemap/songs/3.xml',
    '/api/v1/albums',
    '/api/v1/docs',
  ])
    expect(findRoute(path)).toBeNull()
})

test('Next.js has no other addresses than files', () => {
  for (const path of ['/_next/image', '/_next/data/x.json', '/_next'])
    expect(findRoute(path), path).toBe(findRoute('/nothing/here'))
})

test('only forms may have a body', () => {
  for (const [method, path, most] of [
    ['POST', '/sign-in', MAX_FORM_BYTES],
    ['POST', '/ACCOUNT/me', MAX_FORM_BYTES],
    ['GET', '/sign-in', 0],
    ['POST', '/robots.txt', 0],
    ['POST', '/sitemap.xml', 0],
    ['POST', '/search/suggestions', 0],
    ['POST', '/albums', 0],
    ['POST', '/_next/image', 0],
  ] as const)
    expect(maxFormBytes(method, path), `${method} ${path}`).toBe(most)
})

test('files of the sitemap are streamed', () => {
  for (const [path, streams] of [
    ['/sitemap/songs-1.xml', true],
    ['/sitemap.xml', false],
    ['/robots.txt', false],
    ['/albums', false],
  ] as const)
    expect(isStreamed(path), path).toBe(streams)
})

test('personal pages are never cached, under any spelling of their address', () => {
  for (const path of ['/account', '/ACCOUNT', '/account/', '/account/me', '/sign-in', '/sign-up', '/verify'])
    expect([isPersonal(path), findRoute(path)], path).toEqual([true, null])
  for (const path of ['/accounts', '/albums/account', '/', '/sign-in-1']) expect(isPersonal(path), path).toBe(false)
})

test('the pages of the API reference are cached', () => {
  for (const path of ['/api/docs', '/api/docs/problems', '/api/docs/'])
    expect(findRoute(path)?.cacheControl, path).toContain('s-maxage')
})
