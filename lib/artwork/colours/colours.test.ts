import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { colourNames, exampleOf } from '@/lib/catalogue/artwork/colour-names'
import { parseColour } from '@/lib/catalogue/artwork/colour-parameter'
import { nameOf } from '@/lib/catalogue/artwork/nearest-colour'
import { fromHex, toHex, toOklab } from '@/lib/catalogue/artwork/oklab'
import { cellOf, cellsNear } from './cells'
import { colourNumber, coloursListed } from './colours'
import { dominantColours, MAX_COLOURS } from './dominant'

const byte = fc.nat(255)
const hexOf = (channels: number[]): `#${string}` =>
  `#${channels.map((each) => each.toString(16).padStart(2, '0')).join('')}`
const hex = fc.tuple(byte, byte, byte).map(hexOf)

test('OKLab has its published values and converts back', () => {
  // From the article's table: white and red.
  const close = (one: readonly number[], other: readonly number[]) =>
    one.forEach((value, index) => {
      expect(value).toBeCloseTo(other[index] ?? Number.NaN, 3)
    })
  close(toOklab(255, 255, 255), [1, 0, 0])
  close(toOklab(255, 0, 0), [0.628, 0.225, 0.126])
  fc.assert(
    fc.property(hex, (colour) => {
      expect(toHex(fromHex(colour))).toBe(colour)
    }),
  )
})

describe('names', () => {
  for (const name of colourNames) test(name, () => expect(nameOf(fromHex(exampleOf(name)))).toBe(name))

  for (const [colour, name] of [
    ['#0a0a0a', 'black'],
    ['#1a1a1a', 'black'],
    ['#f8f8f8', 'white'],
    ['#808080', 'grey'],
    ['#c0c0c0', 'grey'],
    ['#b22222', 'red'],
    ['#ffa500', 'orange'],
    ['#ffd700', 'yellow'],
    ['#228b22', 'green'],
    ['#808000', 'green'],
    ['#008080', 'teal'],
    ['#1e90ff', 'blue'],
    ['#000080', 'blue'],
    ['#800080', 'purple'],
    ['#ff69b4', 'pink'],
    ['#8b4513', 'brown'],
    ['#f5deb3', 'beige'],
  ] as const)
    test(`${colour} is ${name}`, () => expect(nameOf(fromHex(colour))).toBe(name))
})

test('every colour is listed under its name and its cell', () =>
  fc.assert(
    fc.property(hex, (colour) => {
      const listed = coloursListed([{ hex: colour, share: 1 }])
      expect(listed).toContain(colourNumber(nameOf(fromHex(colour))))
      expect(listed).toContain(colourNumber(colour))
      expect(listed.every((number) => (number >= 1 && number <= 13) || (number >= 100 && number < 164))).toBe(true)
      expect(cellsNear(fromHex(colour)).has(cellOf(fromHex(colour)))).toBe(true)
    }),
  ))

test('parses colour names and hex colours', () => {
  for (const [text, colour] of [
    [' Red ', 'red'],
    ['white', 'white'],
    ['gray', 'grey'],
    ['GREY', 'grey'],
    ['#FFFFFF', '#ffffff'],
    ['3366cC', '#3366cc'],
    ['#36c', '#3366cc'],
    [' 36C', '#3366cc'],
  ] as const)
    expect(parseColour(text), text).toBe(colour)
  for (const nonsense of ['', 'reddish', '#ff', '#ffff', '#ggg', '#gggggg', '#1234567', '##fff', 'toString'])
    expect(parseColour(nonsense)).toBeNull()
  expect([colourNumber('red'), colourNumber('white')]).toEqual([1, 13])
})

describe('the colours of a picture', () => {
  const pixels = (...parts: [hex: string, count: number][]) =>
    Uint8Array.from(
      parts.flatMap(([colour, count]) => {
        const number = Number.parseInt(colour.slice(1), 16)
        return Array.from({ length: count }, () => [number >> 16, (number >> 8) & 255, number & 255]).flat()
      }),
    )

  test('are sorted by share, largest first', () => {
    expect(dominantColours(pixels(['#102030', 600], ['#e0c010', 300], ['#a01020', 100]))).toEqual([
      { hex: '#102030', share: 0.6 },
      { hex: '#e0c010', share: 0.3 },
      { hex: '#a01020', share: 0.1 },
    ])
    expect(dominantColours(pixels(['#808080', 1]))).toEqual([{ hex: '#808080', share: 1 }])
  })

  test('are merged if they look alike', () => {
    const [first, ...others] = dominantColours(pixels(['#405060', 50], ['#415161', 50], ['#425060', 50]))
    expect(others).toEqual([])
    expect(first?.share).toBe(1)
  })

  test('are few, and their shares add up to at most 1', () =>
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 900 }), (any) => {
        const colours = dominantColours(any)
        expect(colours.length).toBeGreaterThan(0)
        expect(colours.length).toBeLessThanOrEqual(MAX_COLOURS)
        expect(colours.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.001)
        expect(colours).toEqual(colours.toSorted((one, other) => other.share - one.share))
      }),
    ))
})
