import { expect, test } from 'vitest'
import { distance } from './corrections'

test('letters added, left out, changed and swapped are one edit each', () => {
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
