import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoff } from './backoff'
import { retryAfterOf } from './retry-after'

const now = new Date('2026-01-01T00:00:00Z')

for (const [header, date] of [
  ['120', '2026-01-01T00:02:00.000Z'],
  [' 0 ', '2026-01-01T00:00:00.000Z'],
  ['Thu, 01 Jan 2026 01:00:00 GMT', '2026-01-01T01:00:00.000Z'],
  ['Wed, 31 Dec 2025 01:00:00 GMT', '2026-01-01T00:00:00.000Z'],
  ['99999999999999999999', '2026-01-02T00:00:00.000Z'],
] as const)
  test(`Retry-After: ${header} is ${date}`, () => expect(retryAfterOf(header, now)?.toISOString()).toBe(date))

for (const header of [undefined, '', 'soon', '-5s'])
  test(`ignores Retry-After: ${header}`, () => expect(retryAfterOf(header, now)).toBeNull())

test('the backoff is random up to a bound that doubles with each attempt, up to six hours', () => {
  expect([1, 2, 3, 20].map((attempt) => backoff(attempt, 0.5))).toEqual([30_000, 60_000, 120_000, 3 * 3_600_000])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const wait = backoff(attempt, random)
      expect(wait).toBeGreaterThanOrEqual(0)
      expect(wait).toBeLessThanOrEqual(6 * 3_600_000)
    }),
  )
})
