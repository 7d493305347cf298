import { expect, test } from 'vitest'
import { printable, printableJson, printableLines } from './printable'

for (const [what, text, shown] of [
  ['plain text', 'Sigur Rós – Ágætis byrjun 👩‍🎤 אבג', 'Sigur Rós – Ágætis byrjun 👩‍🎤 אבג'],
  ['colours', '\u001b[31mred', '�[31mred'],
  ['clearing the screen', '\u001bc\u009b2J', '�c�2J'],
  ['a window title', '\u001b]0;mine\u0007', '�]0;mine�'],
  ['lines', 'one\r\ntwo\u2028three', 'one��two�three'],
  ['a change of direction', 'a\u202eb', 'a�b'],
  ['half a surrogate pair', 'a\ud800', 'a�'],
] as const)
  test(`${what} can’t control a terminal`, () => expect(printable(text)).toBe(shown))

test('JSON stays JSON', () => {
  const value = { name: 'a\u009b2J\u001b\u202e\nö' }
  expect(printableJson(value)).toBe(String.raw`{"name":"a\u009b2J\u001b\u202e\nö"}`)
  expect(JSON.parse(printableJson(value))).toEqual(value)
})

test('keeps the lines of a text', () => expect(printableLines('one\r\n\u001b[2Jtwo\n')).toBe('one\n�[2Jtwo\n'))
