import { expect, test, vi } from 'vitest'
import { setListening } from './changes/listening'
import { change } from './changes/testing'
import { dataCached } from './data'
import { dependOn } from './dependencies/recorder'

const text = (value: string) => ({ value, bytes: value.length })

setListening(true)

test('a result is cached until one of its dependencies changes', async () => {
  const load = vi.fn(async () => {
    dependOn('albums.newest')
    return text('albums')
  })
  expect(await dataCached('albums', load)).toEqual(text('albums'))
  await dataCached('albums', load)
  expect(load).toHaveBeenCalledTimes(1)
  change('albums.title')
  await dataCached('albums', load)
  expect(load).toHaveBeenCalledTimes(1)
  change('albums.newest')
  await dataCached('albums', load)
  expect(load).toHaveBeenCalledTimes(2)
})

test('concurrent misses share one load', async () => {
  const load = vi.fn(async () => text('once'))
  const all = await Promise.all(Array.from({ length: 50 }, () => dataCached('once', load)))
  expect(load).toHaveBeenCalledTimes(1)
  expect(new Set(all).size).toBe(1)
})

test('a load during a change still returns its result', async () => {
  const { promise, resolve } = deferred<ReturnType<typeof text>>()
  const waiting = dataCached('slow', () => promise)
  change('*')
  resolve(text('late'))
  expect(await waiting).toEqual(text('late'))
})

test('errors are not cached', async () => {
  await expect(
    dataCached('fails', async () => {
      throw new Error('The database is gone')
    }),
  ).rejects.toThrow('The database is gone')
  expect(await dataCached('fails', async () => text('back'))).toEqual(text('back'))
})

test('a result larger than the cache is returned but not stored', async () => {
  const load = vi.fn(async () => ({ bytes: 100 * 1024 * 1024 }))
  await dataCached('large', load)
  await dataCached('large', load)
  expect(load.mock.calls.length).toBeGreaterThan(1)
})

test('the cache is bounded by bytes', async () => {
  const load = vi.fn(async () => ({ bytes: 60 * 1024 * 1024 }))
  await dataCached('heavy', load)
  await dataCached('next to it', async () => ({ bytes: 10 * 1024 * 1024 }))
  await dataCached('heavy', load)
  expect(load).toHaveBeenCalledTimes(2)
})

function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
