import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PageData } from './page-data'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const data = { kind: 'FETCH', data: { body: '{"total":1}' }, revalidate: 900 } as const

test('what pages read is kept for as long as it is fresh, and not handed out after', async () => {
  const handler = new PageData()
  await handler.set('albums', data, { tags: ['albums'] })
  vi.advanceTimersByTime(899_000)
  expect(await handler.get('albums')).toMatchObject({ value: data })
  vi.advanceTimersByTime(2_000)
  expect(await handler.get('albums')).toBeNull()
})

test('a forgotten tag takes what was read of it, and nothing else', async () => {
  const handler = new PageData()
  await handler.set('albums', data, { tags: ['albums'] })
  await handler.set('songs', data, { tags: ['songs'] })
  await handler.revalidateTag(['albums'])
  expect(await handler.get('albums')).toBeNull()
  expect(await handler.get('songs')).not.toBeNull()
})

test('pages are not kept', async () => {
  const handler = new PageData()
  await handler.set('/albums', { kind: 'APP_PAGE' })
  expect(await handler.get('/albums')).toBeNull()
})
