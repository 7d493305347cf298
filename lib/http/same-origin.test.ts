import { describe, expect, test, vi } from 'vitest'
import { isOfThisSite } from './same-origin'
import { siteOrigin } from './site-url'

const host = 'music.example'
const origin = 'https://music.example'

for (const [what, headers, expected] of [
  ['a form of the site', { host, origin, 'sec-fetch-site': 'same-origin' }, true],
  ['a form of the site, from an older browser', { host, origin }, true],
  ['a form of the site, behind a proxy that changes the host', { host: '127.0.0.1:3000', origin: siteOrigin }, true],
  ['a form of another site', { host, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
  ['a form of another site, from an older browser', { host, origin: 'https://evil.example' }, false],
  ['a form of a neighbour', { host, origin: 'https://evil.music.example', 'sec-fetch-site': 'same-site' }, false],
  ['a form at another port', { host, origin: 'https://music.example:8443' }, false],
  ['a form of the site whose Origin has a path', { host, origin: `${origin}/path` }, false],
  ['two origins', { host, origin: `${origin}, https://evil.example` }, false],
  ['an opaque origin', { host, origin: 'null' }, false],
  ['a request without an origin', { host }, false],
  ['a request marked as cross-site', { host, origin, 'sec-fetch-site': 'cross-site' }, false],
] as const)
  test(`${what}: ${expected ? 'accepted' : 'refused'}`, () =>
    expect(isOfThisSite({ method: 'POST', headers })).toBe(expected))

test('a link from another site is accepted', () => {
  for (const method of ['GET', 'HEAD'])
    expect(isOfThisSite({ method, headers: { host, 'sec-fetch-site': 'cross-site' } })).toBe(true)
})

describe('with SYRO_URL', async () => {
  vi.resetModules()
  vi.stubEnv('SYRO_URL', 'https://music.example:8443/')
  const { isOfThisSite: isOf } = await import('./same-origin')
  vi.unstubAllEnvs()
  for (const [what, from, expected] of [
    ['its origin', 'https://music.example:8443', true],
    ['another scheme', 'http://music.example:8443', false],
    ['another port', 'https://music.example', false],
    ['another host', 'https://evil.example:8443', false],
    ['the requested host', 'http://127.0.0.1:3000', false],
  ] as const)
    test(`a form of ${what}: ${expected ? 'accepted' : 'refused'}`, () => {
      const headers = { host: new URL(from).host, origin: from, 'sec-fetch-site': 'same-origin' }
      expect(isOf({ method: 'POST', headers })).toBe(expected)
    })
})
