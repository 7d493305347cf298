import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { drawingOf, initialOf, labelOf, typeSizeOf } from './drawing'

const albums = Array.from({ length: 4000 }, (_, index) => ({ id: index + 1, title: 'Greatest Hits' }))
const svg = readFileSync(new URL('../../../components/artwork/covers.svg', import.meta.url), 'utf8')

describe('a cover', () => {
  test('is always the same for an album', () => {
    expect(drawingOf({ id: 7, title: 'Winter' })).toEqual(drawingOf({ id: 7, title: 'Winter' }))
  })

  test('uses all drawings of covers.svg and no others', () => {
    const used = new Set(albums.map((album) => drawingOf(album).name))
    used.delete('type')
    expect([...used].sort()).toEqual([...svg.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id).sort())
  })

  test('uses all palettes equally often, and that of its neighbour no more than by chance', () => {
    const palettes = albums.map((album) => drawingOf(album).palette)
    const share = (count: number) => (count / albums.length) * 16
    for (let ink = 0; ink < 16; ink++)
      expect(share(palettes.filter((palette) => palette === ink).length)).toBeCloseTo(1, 0)
    expect(share(palettes.filter((palette, index) => palette === palettes[index + 1]).length)).toBeCloseTo(1, 0)
  })

  test('is type alone one time in four', () => {
    expect(albums.filter((album) => drawingOf(album).name === 'type').length / albums.length).toBeCloseTo(0.25, 1)
  })
})

describe('the size of type on a cover', () => {
  for (const [words, size] of [
    ['4', 0],
    ['Blue', 0],
    ['Kind of Blue', 2],
    ['Rumours', 3],
    ['The Dark Side of the Moon', 3],
    ['Koyaanisqatsi', 5],
    ['風', 0],
    ['', 0],
  ] as const)
    test(`"${words}" is ${size}`, () => expect(typeSizeOf(words)).toBe(size))

  test('shrinks with more words down to a minimum', () => {
    const sizes = Array.from({ length: 40 }, (_, index) => typeSizeOf('word '.repeat(index + 1)))
    expect(sizes).toEqual([...sizes].sort())
    expect(sizes.at(-1)).toBe(5)
  })
})

describe('a portrait', () => {
  test('has one of six labels', () => {
    expect(new Set(albums.map((album) => labelOf(album).label)).size).toBe(6)
  })

  for (const [name, initial] of [
    ['Motörhead', 'M'],
    ['"Weird Al" Yankovic', 'W'],
    ['öxxö xööx', 'Ö'],
    ['椎名林檎', '椎'],
    ['2Pac', '2'],
    ['!!!', '!'],
    ['', ''],
  ] as const)
    test(`of "${name}" shows "${initial}"`, () => expect(initialOf({ id: 1, name })).toBe(initial))
})
