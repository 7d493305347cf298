import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { change } from '@/lib/cache/changes/testing'
import { dependOn, recording, type Validity } from '@/lib/cache/dependencies/recorder'
import { pageValidity } from '@/lib/cache/page-validity'
import { PageData } from './page-data'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const data = { kind: 'FETCH', data: { body: '{"total":1}' }, revalidate: 900 } as const

/** Stores data as `pageCached` does. */
async function store(key: string, id: number): Promise<void> {
  const validity = await recording(async () => dependOn('album', id))
  await pageValidity().run({ validity: { ...validity, expiresAt: Date.now() + 900_000 } }, () =>
    new PageData().set(key, data),
  )
}

test('the data of pages is stored while it is fresh, and not returned afterwards', async () => {
  await store('albums', 1)
  vi.advanceTimersByTime(899_000)
  expect(await new PageData().get('albums')).toMatchObject({ value: data })
  vi.advanceTimersByTime(2_000)
  expect(await new PageData().get('albums')).toBeNull()
})

test('data is not returned after a change of a dependency', async () => {
  await store('one', 1)
  await store('other', 2)
  change('album:1')
  expect(await new PageData().get('one')).toBeNull()
  expect(await new PageData().get('other')).not.toBeNull()
})

test('a reader gets the validity of the data', async () => {
  await store('albums', 1)
  const current: { validity?: Validity } = {}
  await pageValidity().run(current, () => new PageData().get('albums'))
  expect(current.validity).toMatchObject({ isAging: false, expiresAt: Date.now() + 900_000 })
})

test('a revalidated tag drops its entries and no others', async () => {
  await store('one', 1)
  await store('other', 2)
  await new PageData().revalidateTag(['album:1'])
  expect(await new PageData().get('one')).toBeNull()
  expect(await new PageData().get('other')).not.toBeNull()
})

test('data that could not be invalidated is not stored', async () => {
  await new PageData().set('unknown', data)
  expect(await new PageData().get('unknown')).toBeNull()
})

test('pages are not stored', async () => {
  const handler = new PageData()
  await handler.set('/albums', { kind: 'APP_PAGE' })
  expect(await handler.get('/albums')).toBeNull()
})
