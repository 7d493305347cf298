import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { albumLikeness, SURE, surest, textLikeness } from './likeness'

const album = (title: string, credit = 'Low', year: number | null = 2001) => ({ title, credit, year })
const isSure = (one: ReturnType<typeof album>, other: ReturnType<typeof album>) => albumLikeness(one, other) >= SURE

describe('a sure match', () => {
  for (const [what, one, other] of [
    ['with the same data', album('OK Computer'), album('OK Computer')],
    ['in another case and without accents', album('Agætis byrjun', 'Sigur Rós'), album('AGÆTIS BYRJUN', 'Sigur Ros')],
    ['with another article and sign', album('The Bends!'), album('Bends')],
    ['with "and" for "&"', album('Bookends', 'Simon & Garfunkel'), album('Bookends', 'Simon and Garfunkel')],
    ['as another edition', album('Loveless (Deluxe Edition)'), album('Loveless')],
    ['in another script', album('アルバム', '東京事変'), album('アルバム', '東京事変')],
    ['without a year', album('Secret Name', 'Low', null), album('Secret Name')],
    ['a year apart', album('Secret Name', 'Low', 2000), album('Secret Name')],
  ] as const)
    test(what, () => expect(isSure(one, other)).toBe(true))
})

describe('not a sure match', () => {
  for (const [what, one, other] of [
    ['by somebody else', album('Greatest Hits', 'Queen'), album('Greatest Hits', 'Abba')],
    ['years apart', album('Weezer', 'Weezer', 1994), album('Weezer', 'Weezer', 2001)],
    ['as a second part', album('Greatest Hits'), album('Greatest Hits II')],
    ['as a live album', album('Secret Name'), album('Secret Name (live)')],
    ['without an artist', album('Untitled', ''), album('Untitled', '')],
    ['by only some of the artists', album('Collection', 'Low'), album('Collection', 'Low & Dirty Three')],
  ] as const)
    test(what, () => expect(isSure(one, other)).toBe(false))
})

test('two equally likely candidates are ambiguous', () => {
  const best = { id: 'a', confidence: 0.95 }
  expect(surest([{ id: 'b', confidence: 0.5 }, best])).toBe(best)
  expect(surest([best, { id: 'b', confidence: 0.92 }])).toBeNull()
  expect(surest([{ id: 'b', confidence: 0.89 }])).toBeNull()
  expect(surest([])).toBeNull()
})

test('likeness is from 0 to 1, symmetric and reflexive', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      const likeness = textLikeness(one, other)
      expect(likeness).toBeGreaterThanOrEqual(0)
      expect(likeness).toBeLessThanOrEqual(1)
      expect(textLikeness(other, one)).toBeCloseTo(likeness)
      expect(textLikeness(one, one)).toBe(1)
    }),
  )
})
