import { expect, test, vi } from 'vitest'

async function answered(SYRO_URL: string): Promise<[string, string | null]> {
  vi.resetModules()
  vi.stubEnv('SYRO_URL', SYRO_URL)
  const { openSearch } = await import('./open-search')
  vi.unstubAllEnvs()
  const response = openSearch(new Request('http://internal/opensearch.xml', { headers: { host: 'other.example' } }))
  return [/template="([^"]*)/.exec(await response.text())?.[1] ?? '', response.headers.get('cache-control')]
}

test('a description with the host of the request is private', async () => {
  expect(await answered('')).toEqual(['http://other.example/search?q={searchTerms}', 'private, max-age=900'])
})

test('a description with SYRO_URL is public', async () => {
  expect(await answered('https://music.example')).toEqual([
    'https://music.example/search?q={searchTerms}',
    'public, max-age=900',
  ])
})
