import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PageData } from './page-data'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const data = { kind: 'FETCH', data: { body: '{"total":1}' }, revalidate: 900 } as const

test('the data of pages is stored while it is fresh, and not returned afterwards', async () => {
  const handler = new PageData()
  await handler.set('albums', data, { tags: ['albums'] })
  vi.advanceTimersByTime(899_000)
  expect(await handler.get('albums')).toMatchObject({ value: data })
  vi.advanceTimersByTime(2_000)
  expect(await handler.get('albums')).toBeNull()
})

test('a revalidated tag drops its entries and no others', async () => {
  const handler = new PageData()
  await handler.set('albums', data, { tags: ['albums'] })
  await handler.set('songs', data, { tags: ['songs'] })
  await handler.revalidateTag(['albums'])
  expect(await handler.get('albums')).toBeNull()
  expect(await handler.get('songs')).not.toBeNull()
})

test('pages are not stored', async () => {
  const handler = new PageData()
  await handler.set('/albums', { kind: 'APP_PAGE' })
  expect(await handler.get('/albums')).toBeNull()
})
