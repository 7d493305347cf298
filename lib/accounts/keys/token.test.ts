import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOfToken, isToken, KEY_BYTES, makeToken, prefixOfToken } from './token'

const randomBytes = fc.uint8Array({ minLength: KEY_BYTES, maxLength: KEY_BYTES })
const token = randomBytes.map(makeToken)

test('accepts keys of any random bytes', () =>
  fc.assert(
    fc.property(token, (key) => {
      expect(key).toMatch(/^syro_[0-9A-Za-z]{49}$/)
      expect(isToken(key)).toBe(true)
    }),
  ))

test('different random bytes make different keys', () =>
  fc.assert(
    fc.property(randomBytes, fc.nat(KEY_BYTES - 1), fc.integer({ min: 1, max: 255 }), (random, at, change) => {
      const other = random.map((byte, index) => (index === at ? byte ^ change : byte))
      expect(makeToken(other)).not.toBe(makeToken(random))
    }),
  ))

test('refuses a key with a changed character', () =>
  fc.assert(
    fc.property(token, fc.nat(53), fc.constantFrom(...'09AZaz_-é '), (key, at, character) => {
      fc.pre(key[at] !== character)
      expect(isToken(key.slice(0, at) + character + key.slice(at + 1))).toBe(false)
    }),
  ))

test('accepts keys with all or no bits set', () => {
  const none = makeToken(new Uint8Array(KEY_BYTES))
  const body = `syro_${'0'.repeat(43)}`
  expect(none.startsWith(body)).toBe(true)
  expect([...none.slice(-6)].reduce((sum, digit) => sum * 62 + digitValue(digit), 0)).toBe(crc32(body))
  expect(isToken(makeToken(new Uint8Array(KEY_BYTES).fill(255)))).toBe(true)
})

const digitValue = (digit: string): number =>
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.indexOf(digit)

for (const text of ['', 'syro_', 'Bearer x', `syro_${'0'.repeat(49)}\n`, `syro_${'0'.repeat(5_000)}`])
  test(`${JSON.stringify(text.slice(0, 20))} is not a key`, () => expect(isToken(text)).toBe(false))

test('neither hash nor prefix reveals a key', () => {
  const key = makeToken(new Uint8Array(KEY_BYTES).fill(7))
  expect(hashOfToken(key)).toHaveLength(32)
  expect(prefixOfToken(key)).toBe(key.slice(0, 12))
})
