import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { openApi } from '@/lib/http/api/openapi'
import { operations } from './operations'
import { ask } from './testing/ask'
import { fill } from './testing/catalogue'

await createTestDatabase()

test('cached data works across module copies: pages load one copy, routes another', async () => {
  await fill(20)
  const paths = ['/albums', '/albums/1', '/albums/999999']
  const answers = await Promise.all(paths.map(async (path) => (await ask(path)).json()))
  vi.resetModules()
  const copy = await import('./testing/ask')
  for (const [index, path] of paths.entries()) {
    const answer = await (await copy.ask(path)).json()
    expect({ ...answer, requestId: undefined }).toEqual({ ...answers[index], requestId: undefined })
  }
})

test('one copy builds the document while the other is still loading', async () => {
  const info = { version: '1.0.0', origin: 'http://localhost' }
  const before = openApi(operations, info)
  vi.resetModules()
  await import('@/lib/catalogue/resources')
  expect(openApi(operations, info)).toEqual(before)
})
