import { expect, test } from 'vitest'
import { toBareDurationMs, toCount, toDate, toNumber } from './values'

test.each([
  ['3:45', 225_000],
  ['0:07', 7_000],
  ['1:02:03', 3_723_000],
  ['3:45.5', 225_500],
  ['225', 225_000],
  ['225.5', 225_500],
  ['225000', 225_000],
  ['3:60', null],
  ['-1', null],
  ['3m', null],
])('duration %s', (text, ms) => expect(toBareDurationMs(text)).toBe(ms))

test.each([
  ['1997', '1997'],
  ['1997-05', '1997-05'],
  ['1997-5-1', '1997-05-01'],
  ['1997/05/21', '1997-05-21'],
  ['1997-05-21T00:00:00Z', '1997-05-21'],
  ['1997-00-00', '1997'],
  ['21.5.1997', null],
  ['97', null],
])('date %s', (text, date) => expect(toDate(text)).toBe(date))

test.each([
  ['3', 3],
  ['03', 3],
  ['3/12', 3],
  ['3 of 12', 3],
  ['0', null],
  ['A1', null],
])('number %s', (text, number) => expect(toNumber(text)).toBe(number))

test.each([
  ['1,234,567', 1_234_567],
  ['12', 12],
  ['1,23', null],
  ['1.5', null],
])('count %s', (text, count) => expect(toCount(text)).toBe(count))
