import { expect, test } from 'vitest'
import { lettersOn } from './letters'

const letters = [
  { letter: '0', page: 1 },
  { letter: 'a', page: 1 },
  { letter: 'b', page: 2 },
  { letter: 'e', page: 5 },
]

for (const [page, on] of [
  [1, ['0', 'a']],
  [2, ['a', 'b']],
  [3, ['b']],
  [5, ['b', 'e']],
  [9, ['e']],
] as const)
  test(`marks ${on.join(', ')} on page ${page}`, () => expect(lettersOn(letters, page)).toEqual(on))
