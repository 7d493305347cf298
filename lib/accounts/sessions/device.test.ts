import { expect, test } from 'vitest'
import { DEVICE_SECONDS, deviceOf, withDevice, withoutDevice } from './device'

const SECRET = 'a secret of the site'
const NOW = 1_800_000_000_000
const ADA = 'ada@example.com'
const known = (cookie: string, email = ADA, now = NOW, secret = SECRET) => deviceOf(cookie, secret, email, now)
const cookieOf = (email: string, before = '') => withDevice(before, SECRET, email, NOW)

test('recognises a browser for the account that it signed in to', () => {
  const cookie = cookieOf(ADA)
  expect(known(cookie)).toMatch(/^[\w-]{22}$/)
  expect(known(cookie, 'eve@example.com')).toBeUndefined()
  expect(cookie).not.toContain('ada')
})

test('each sign-in gives the browser another id', () => {
  const first = cookieOf(ADA)
  const second = cookieOf(ADA, first)
  expect(known(second)).not.toBe(known(first))
  expect(second.split('~')).toHaveLength(1)
})

test('keeps entries of up to eight accounts', () => {
  const emails = Array.from({ length: 10 }, (_, index) => `${index}@example.com`)
  const cookie = emails.reduce((before, email) => cookieOf(email, before), '')
  expect(emails.filter((email) => known(cookie, email))).toEqual(emails.slice(2))
})

test('a deleted account loses its entry alone', () => {
  const eve = 'eve@example.com'
  const left = withoutDevice(cookieOf(eve, cookieOf(ADA)), SECRET, eve, NOW)
  expect([known(left), known(left, eve)]).toEqual([expect.any(String), undefined])
  expect(withoutDevice(left, SECRET, ADA, NOW)).toBe('')
})

test('expires after 400 days', () => {
  const cookie = cookieOf(ADA)
  expect(known(cookie, ADA, NOW + DEVICE_SECONDS * 1000 - 1000)).toBeDefined()
  expect(known(cookie, ADA, NOW + DEVICE_SECONDS * 1000 + 1000)).toBeUndefined()
})

test('ignores forged and changed cookies', () => {
  const cookie = cookieOf(ADA)
  const [nonce = '', at = '', signature = ''] = cookie.split('.')
  for (const forged of [
    '',
    '~~~',
    'x'.repeat(4_000),
    `${nonce}.${at}`,
    `${nonce}.zzzzzz.${signature}`,
    `${'A'.repeat(22)}.${at}.${signature}`,
    `${nonce}.${at}.${'A'.repeat(43)}`,
    `${nonce}.${at}.${'é'.repeat(43)}`,
  ])
    expect(known(forged), forged).toBeUndefined()
  expect(known(cookie, ADA, NOW, 'another secret')).toBeUndefined()
})
