import { beforeEach, expect, test, vi } from 'vitest'
import { applyChange, currencyOf, currentChange, type Dependencies, doubtAll } from '@/lib/cache/changes/recent'
import { toDependency } from './names'
import { pack } from './packed'
import { aging, dependOn, inherit, recording, secondary } from './recorder'

beforeEach(doubtAll)

const album = (...ids: number[]) => pack(ids.map((id) => toDependency('album', id)))
const change = (name: string) => applyChange({ number: currentChange() + 1, changedAt: 0, names: [name] })
const sets = ({ hard, soft }: Dependencies) => ({ hard, soft })

test('records each dependency once, also after waiting and in concurrent reads', async () => {
  const { result, dependencies, expiresAt } = await recording(async () => {
    dependOn('album', 3)
    await Promise.all(
      [1, 2, 3].map(async (id) => {
        await Promise.resolve()
        dependOn('album', id)
      }),
    )
    return 'result'
  })
  expect(result).toBe('result')
  expect(sets(dependencies)).toEqual({ hard: album(1, 2, 3), soft: '' })
  expect(expiresAt).toBe(Number.POSITIVE_INFINITY)
})

test('concurrent recordings have their own dependencies', async () => {
  const made = await Promise.all(
    [1, 2].map((id) =>
      recording(async () => {
        await Promise.resolve()
        dependOn('album', id)
      }),
    ),
  )
  expect(made.map(({ dependencies }) => dependencies.hard)).toEqual([album(1), album(2)])
})

test('a recording inside another one passes nothing on by itself', async () => {
  const { dependencies } = await recording(async () => {
    dependOn('album', 1)
    const inner = await recording(async () => dependOn('album', 2))
    expect(inner.dependencies.hard).toBe(album(2))
    dependOn('album', 3)
  })
  expect(dependencies.hard).toBe(album(1, 3))
})

test('cached data passes on its dependencies and when it expires', async () => {
  const first = await recording(async () => {
    dependOn('album', 1)
    await secondary(async () => dependOn('album', 2))
  })
  const { dependencies, expiresAt } = await recording(async () => {
    inherit({ ...first, expiresAt: 2_000 })
    inherit({ ...first, expiresAt: 1_000 })
    inherit(first)
  })
  expect(sets(dependencies)).toEqual({ hard: album(1), soft: album(2) })
  expect(expiresAt).toBe(1_000)
})

test('the dependencies of secondary content are soft, also those of cached data and of nested reads', async () => {
  const cached = await recording(async () => dependOn('album', 2))
  const { dependencies } = await recording(async () => {
    dependOn('album', 1)
    await secondary(async () => {
      inherit(cached)
      await secondary(async () => dependOn('album', 3))
    })
    dependOn('album', 4)
  })
  expect(sets(dependencies)).toEqual({ hard: album(1, 4), soft: album(2, 3) })
})

test('data that is both hard and soft is hard', async () => {
  const { dependencies } = await recording(async () => {
    await secondary(async () => dependOn('album', 1))
    dependOn('album', 1)
  })
  expect(sets(dependencies)).toEqual({ hard: album(1), soft: '' })
})

test('data that changes while it is read is stale', async () => {
  const { dependencies } = await recording(async () => {
    change('album:1')
    dependOn('album', 1)
  })
  expect(currencyOf(dependencies)).toBe('stale')
})

test('without a recording, nothing is recorded', async () => {
  dependOn('album', 1)
  expect(await secondary(async () => 'read')).toBe('read')
  const empty = await recording(async () => {})
  inherit(empty)
  expect(sets(empty.dependencies)).toEqual({ hard: '', soft: '' })
})

test('an error of the read is the error of the recording', async () => {
  const read = async () => {
    throw new Error('The database is gone')
  }
  await expect(recording(read)).rejects.toThrow('gone')
})

test('aging content makes no response stale, and ends it with a page’s lifetime', async () => {
  vi.useFakeTimers({ now: 1_000_000 })
  const { dependencies, expiresAt, isAging } = await recording(() => aging(async () => dependOn('albums.title')))
  expect([sets(dependencies), expiresAt, isAging]).toEqual([{ hard: '', soft: '' }, 1_900_000, true])
  vi.useRealTimers()
})
