import { beforeEach, describe, expect, test } from 'vitest'
import { toDependency } from '@/lib/cache/dependencies/names'
import { pack } from '@/lib/cache/dependencies/packed'
import {
  applyChange,
  type Change,
  currencyOf,
  currentChange,
  currentMoment,
  type Dependencies,
  doubtAll,
  isCurrent,
  NO_DEPENDENCIES,
  onChange,
  restartAt,
  revisionOf,
} from './recent'

const AT = Date.UTC(2026, 0, 1)
/** As many dependencies are remembered. */
const MAX_REMEMBERED = 200_000

const told: (readonly string[] | undefined)[] = []
onChange((names) => told.push(names))

beforeEach(() => {
  restartAt({ epoch: currentMoment().epoch + 1, number: 100, revisions: [] })
  told.length = 0
})

const albums = (...ids: number[]) => pack(ids.map((id) => toDependency('album', id)))
/** Data that is read now. */
const dataOf = (hard: string, soft = ''): Dependencies => ({ ...currentMoment(), hard, soft })

const change = (...names: string[]): Change => changeAll(names)
const songs = (count: number): string[] => Array.from({ length: count }, (_, id) => `song:${id}`)

function changeAll(names: string[]): Change {
  const made = { number: currentChange() + 1, changedAt: AT, names }
  applyChange(made)
  return made
}

describe('data is', () => {
  test('current until a dependency changes', () => {
    const data = dataOf(albums(1, 2), albums(3))
    change('album:4', 'album.page:1', 'albums.newest')
    expect(currencyOf(data)).toBe('current')
    change('album:2')
    expect(currencyOf(data)).toBe('stale')
    expect(isCurrent(data)).toBe(false)
    expect(currencyOf(dataOf(albums(1, 2)))).toBe('current')
  })

  test('soft if only secondary content has changed, until its subject changes too', () => {
    const data = dataOf(albums(1), albums(2))
    change('album:2')
    expect(currencyOf(data)).toBe('soft')
    change('album:9')
    expect(currencyOf(data)).toBe('soft')
    change('album:1')
    expect(currencyOf(data)).toBe('stale')
  })

  test('stale after a change of everything, or of something that only a newer version knows', () => {
    for (const name of ['*', 'concert:1']) {
      const [data, secondary] = [dataOf(albums(1)), dataOf('', albums(1))]
      change(name)
      expect(currencyOf(data), name).toBe('stale')
      expect(currencyOf(secondary), name).toBe('stale')
    }
  })

  test('always current without dependencies', () => {
    change('*')
    doubtAll()
    expect(currencyOf({ ...NO_DEPENDENCIES })).toBe('current')
  })

  test('unknown after changes were missed, whatever the numbers', () => {
    const [data, later] = [dataOf(albums(1)), { ...dataOf(albums(1)), at: 1_000 }]
    doubtAll()
    expect([data, later].map(currencyOf)).toEqual(['unknown', 'unknown'])
    expect(currencyOf(dataOf(albums(1)))).toBe('current')
    const restarted = dataOf(albums(1))
    restartAt({ epoch: currentMoment().epoch + 1, number: 7, revisions: [] })
    expect(currencyOf(restarted)).toBe('unknown')
    expect(currentChange()).toBe(7)
  })

  test('unknown if it is older than the changes that are remembered', () => {
    const old = dataOf(albums(1))
    change('album:2')
    const since = dataOf(albums(1))
    // The change of album 2 is forgotten.
    changeAll(songs(MAX_REMEMBERED))
    expect(currencyOf(old)).toBe('unknown')
    expect(currencyOf(since)).toBe('current')
  })

  test('known to be stale for longer if the dependency changes again', () => {
    change('album:1')
    change('album:2')
    const data = dataOf(albums(1))
    change('album:1')
    // The change of album 2 is forgotten.
    changeAll(songs(MAX_REMEMBERED - 1))
    expect(currencyOf(data)).toBe('stale')
  })
})

test('a check that finds data current is not repeated for the same changes', () => {
  const data = dataOf(albums(1), albums(2))
  change('album:3')
  currencyOf(data)
  expect(data.at).toBe(currentChange())
  const soft = dataOf(albums(1), albums(2))
  change('album:2')
  currencyOf(soft)
  expect(soft.at).toBe(currentChange() - 1)
})

test('a change that was applied is skipped', () => {
  const applied = change('album:1', 'albums.filtered')
  const data = dataOf(albums(1))
  applyChange(applied)
  applyChange({ ...applied, number: applied.number - 1 })
  expect(currencyOf(data)).toBe('current')
  expect(revisionOf('albums').number).toBe(1)
  expect(told).toEqual([applied.names])
})

test('counts the changes of each kind of data', () => {
  restartAt({ epoch: currentMoment().epoch + 1, number: 100, revisions: [['albums', { number: 5, changedAt: 1 }]] })
  change('album:1', 'albums.filtered', 'albums.newest')
  change('albums.newest', 'song:1', 'songs.filtered')
  expect(revisionOf('albums')).toEqual({ number: 6, changedAt: AT })
  expect(revisionOf('songs')).toEqual({ number: 1, changedAt: AT })
  change('*')
  change('search')
  expect([revisionOf('genres').number, revisionOf('search').number]).toEqual([1, 2])
  doubtAll()
  expect(revisionOf('albums').number).toBe(7)
})

test('listeners learn the names, and none if changes were missed', () => {
  change('keys')
  doubtAll()
  expect(told).toEqual([['keys'], undefined])
})
