import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCursor, writeCursor } from './cursor'

const positions = fc.record({
  key: fc.string({ unit: 'binary' }),
  id: fc.integer(),
  side: fc.constantFrom('after' as const, 'before' as const),
})

test('a cursor is valid for its list', () => {
  fc.assert(
    fc.property(positions, fc.string(), fc.string(), (position, list, secret) => {
      const cursor = writeCursor(position, list, secret)
      expect(cursor).toMatch(/^[\w.-]+$/)
      expect(readCursor(cursor, list, secret)).toEqual(position)
    }),
  )
})

test('a cursor is invalid for other lists and other catalogues', () => {
  const cursor = writeCursor({ key: '1', id: 1, side: 'after' }, 'albums by title', 'secret')
  expect(readCursor(cursor, 'albums by newest', 'secret')).toBeNull()
  expect(readCursor(cursor, 'albums by title', 'other')).toBeNull()
})

test('a cursor with any changed character is refused', () => {
  const cursor = writeCursor({ key: 'abc', id: 7, side: 'after' }, 'list', 'secret')
  fc.assert(
    fc.property(fc.nat(cursor.length - 1), fc.constantFrom(...'Az09-_.~'), (at, character) => {
      const changed = cursor.slice(0, at) + character + cursor.slice(at + 1)
      fc.pre(changed !== cursor)
      expect(readCursor(changed, 'list', 'secret')).toBeNull()
    }),
  )
})

test('text that never was a cursor is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readCursor(text, 'list', 'secret')).toBeNull()
    }),
  )
})
