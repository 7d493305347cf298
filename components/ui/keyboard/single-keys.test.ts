import { expect, test } from 'vitest'
import { mayBeShortcut } from './single-keys'

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }

test('Shift and an arrow are no shortcut: they extend the selection', () => {
  for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
    expect(mayBeShortcut({ ...none, key }, true)).toBe(true)
    expect(mayBeShortcut({ ...none, key, shiftKey: true }, true)).toBe(false)
  }
})

test('single-key shortcuts can be turned off, arrow keys stay', () => {
  for (const key of ['g', 'e', 'j', 'k', '/', '?'])
    expect([mayBeShortcut({ ...none, key }, true), mayBeShortcut({ ...none, key }, false)], key).toEqual([true, false])
  expect(mayBeShortcut({ ...none, key: 'ArrowRight' }, false)).toBe(true)
})

test('keys pressed with Ctrl, Alt or Meta belong to the browser', () => {
  for (const modifier of ['altKey', 'ctrlKey', 'metaKey'])
    expect(mayBeShortcut({ ...none, key: 'j', [modifier]: true }, true), modifier).toBe(false)
})
