import { expect, test } from 'vitest'
import { distance } from './corrections'

test('an added, omitted, changed or swapped letter is one edit', () => {
  for (const [one, other, edits] of [
    ['zeppelin', 'zeppelin', 0],
    ['zeplin', 'zeppelin', 2],
    ['preist', 'priest', 1],
    ['donw', 'down', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ] as const) {
    expect(distance(one, other), `${one} ${other}`).toBe(edits)
    expect(distance(other, one), `${other} ${one}`).toBe(edits)
  }
})
