import { describe, expect, test } from 'vitest'
import { clock, count, date, facts, span, wholeSpan } from './text'

describe('count', () => {
  for (const [value, text] of [
    [0, 'no songs'],
    [1, '1 song'],
    [2, '2 songs'],
    [3503, '3,503 songs'],
  ] as const)
    test(text, () => expect(count(value, 'song')).toBe(text))
})

describe('clock', () => {
  for (const [ms, text] of [
    [0, '0:00'],
    [499, '0:00'],
    [5_000, '0:05'],
    [59_600, '1:00'],
    [225_000, '3:45'],
    [3_599_700, '1:00:00'],
    [3_723_000, '1:02:03'],
    [360_000_000, '100:00:00'],
  ] as const)
    test(`${ms} ms is ${text}`, () => expect(clock(ms)).toBe(text))
})

describe('wholeSpan', () => {
  for (const [known, all, text] of [
    [12, 12, '3 min'],
    [1, 32, 'at least 3 min'],
    [0, 32, ''],
  ] as const)
    test(`with ${known} of ${all} lengths known is “${text}”`, () =>
      expect(wholeSpan({ ms: known * (180_000 / (known || 1)), known, all })).toBe(text))
})

describe('span', () => {
  for (const [ms, text] of [
    [400, '0 s'],
    [29_000, '29 s'],
    [31_000, '1 min'],
    [3_180_000, '53 min'],
    [3_599_000, '1 h'],
    [4_320_000, '1 h 12 min'],
    [7_200_000, '2 h'],
    [3_600_000 * 1234 + 60_000, '1,234 h 1 min'],
  ] as const)
    test(`${ms} ms is ${text}`, () => expect(span(ms)).toBe(text))
})

describe('date', () => {
  for (const [year, month, day, text] of [
    [null, null, null, ''],
    [1997, null, null, '1997'],
    [1997, 5, null, 'May 1997'],
    [1997, 5, 21, '21 May 1997'],
    [1997, 12, 1, '1 December 1997'],
  ] as const)
    test(text || 'nothing', () => expect(date({ year, month, day })).toBe(text))
})

test('facts leaves out unknown facts', () => {
  expect(facts('1997', '', null, false, undefined, '12 songs')).toBe('1997\u00a0· 12 songs')
  expect(facts(null)).toBe('')
})
