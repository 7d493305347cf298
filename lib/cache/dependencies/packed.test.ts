import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Dependency, toDependency } from './names'
import { pack, some } from './packed'

/** The set, in the order that it is kept in. */
function unpack(packed: string): Dependency[] {
  const dependencies: Dependency[] = []
  some(packed, (dependency) => {
    dependencies.push(dependency)
    return false
  })
  return dependencies
}

const ids = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const dependencies = fc.oneof(
  ids.map((id) => toDependency('artist.label', id)),
  ids.map((id) => toDependency('album', id)),
  ids.map((id) => toDependency('song.page', id)),
  fc.constantFrom(toDependency('albums.newest'), toDependency('search'), toDependency('artwork')),
)

test('a packed set has the same members, in ascending order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(dependencies), (set) => {
      const packed = pack(set)
      expect(unpack(packed)).toEqual(set.toSorted((one, other) => one - other))
      // One byte each: strings with other characters need twice the memory.
      expect(Buffer.from(packed, 'latin1').toString('latin1')).toBe(packed)
    }),
  )
})

test('a search ends at the first match', () => {
  fc.assert(
    fc.property(fc.uniqueArray(dependencies, { minLength: 1 }), fc.nat(), (set, index) => {
      const wanted = set[index % set.length]
      const seen: Dependency[] = []
      expect(
        some(pack(set), (dependency) => {
          seen.push(dependency)
          return dependency === wanted
        }),
      ).toBe(true)
      expect(seen.at(-1)).toBe(wanted)
      expect(some(pack(set), (dependency) => !set.includes(dependency))).toBe(false)
    }),
  )
})

test('50 ids among 10 million need less than 4 bytes each', () => {
  const id = fc.integer({ min: 1, max: 10_000_000 })
  fc.assert(
    fc.property(fc.uniqueArray(id, { minLength: 50, maxLength: 50 }), (set) => {
      // A kind's first difference has up to 6 bytes.
      expect(pack(set.map((each) => toDependency('song', each))).length).toBeLessThan(4 * set.length)
    }),
  )
})

test('the empty set needs no bytes', () => {
  expect(pack([])).toBe('')
  expect(some('', () => true)).toBe(false)
})
