import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limitHeaders, retryAfter } from './headers'
import type { QuotaState } from './policy'

const NOW = Date.UTC(2026, 0, 1)
const policy = { name: 'anonymous', quota: 100, windowSeconds: 3_600 }

test('a client within its limit sees the remaining requests and the end of the window', () => {
  expect(limitHeaders({ policy, allowed: true, remaining: 42, resetAt: NOW + 1_799_001 }, NOW)).toEqual({
    'ratelimit-policy': '"anonymous";q=100;w=3600',
    ratelimit: '"anonymous";r=42;t=1800',
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': '42',
    'x-ratelimit-reset': `${NOW / 1000 + 1800}`,
  })
})

test('a client over its limit sees when to retry, never immediately', () => {
  const refused: QuotaState = { policy, allowed: false, remaining: 0, resetAt: NOW + 1_500 }
  expect(retryAfter(refused, NOW)).toBe(2)
  expect(retryAfter(refused, NOW + 1_500)).toBe(1)
  expect(retryAfter(refused, NOW + 9_000)).toBe(1)
  expect(limitHeaders(refused, NOW + 9_000).ratelimit).toBe('"anonymous";r=0;t=0')
})

/** RFC 9651: a list member that is a string with integer parameters. */
const MEMBER = /^"([\x20-\x21\x23-\x5b\x5d-\x7e]*)"((?:;[a-z][a-z0-9]*=\d{1,15})*)$/
function parse(field: string | undefined): [string, Record<string, number>] {
  const [, name = '', parameters = ''] = MEMBER.exec(field ?? '') ?? []
  const pairs = parameters.split(';').filter(Boolean)
  return [name, Object.fromEntries(pairs.map((pair) => [pair.split('=')[0], Number(pair.split('=')[1])]))]
}

test('the headers are structured fields and agree with each other', () => {
  const figures = fc.record({
    quota: fc.integer({ min: 1, max: 1_000_000_000 }),
    windowSeconds: fc.integer({ min: 1, max: 86_400 }),
    used: fc.nat(2_000_000_000),
    left: fc.integer({ min: -5_000, max: 86_400_000 }),
  })
  fc.assert(
    fc.property(figures, ({ quota, windowSeconds, used, left }) => {
      const remaining = Math.max(0, quota - used)
      const of = { name: 'keyed', quota, windowSeconds }
      const standing = { policy: of, allowed: used <= quota, remaining, resetAt: NOW + left }
      const headers = limitHeaders(standing, NOW)
      expect(parse(headers['ratelimit-policy'])).toEqual(['keyed', { q: quota, w: windowSeconds }])
      const [name, { r, t }] = parse(headers.ratelimit)
      expect([name, r]).toEqual(['keyed', remaining])
      expect(t).toBeGreaterThanOrEqual(0)
      // `t` is rounded up: after that wait the window has ended, less than a second ago.
      expect((t ?? 0) * 1000).toBeGreaterThanOrEqual(left)
      expect((t ?? 0) * 1000).toBeLessThan(Math.max(0, left) + 1000)
      // The draft forbids a Retry-After before the end of the window.
      expect(retryAfter(standing, NOW)).toBeGreaterThanOrEqual(t ?? 0)
    }),
  )
})
