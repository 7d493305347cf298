import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** Loads the module with this environment. */
async function withEnvironment(variables: Record<string, string>) {
  for (const name of ['SYRO_URL', 'PORT']) vi.stubEnv(name, variables[name] ?? '')
  vi.resetModules()
  return import('./site-url')
}

const request = new Request('http://internal/', { headers: { host: 'other.example' } })

test('with SYRO_URL every client gets the same origin, for any requested host', async () => {
  const { siteUrl, originFor } = await withEnvironment({ SYRO_URL: 'https://music.example/', PORT: '4000' })
  expect(siteUrl('/albums/winter-7')).toBe('https://music.example/albums/winter-7')
  expect(originFor(request)).toEqual({ origin: 'https://music.example', isShared: true })
})

test('without SYRO_URL pages have the local origin, and uncached responses the requested host', async () => {
  const { siteUrl, originFor } = await withEnvironment({ PORT: '4000' })
  expect(siteUrl('/albums')).toBe('http://localhost:4000/albums')
  expect(originFor(request)).toEqual({ origin: 'http://other.example', isShared: false })
})
