import { expect, test } from 'vitest'
import { colourNames } from '@/lib/catalogue/artwork/colour-names'
import { readValue } from './facet-values'

test('a colour is asked for as the list of albums takes it: by name or in hex', () => {
  const named = (text: string) => colourNames[readValue('color', text) ?? -1]
  for (const [text, name] of [
    ['green', 'green'],
    [' GREEN', 'green'],
    ['gray', 'grey'],
    ['#fff', 'white'],
    ['2F6F2A', 'green'],
    ['reddish', undefined],
    ['', undefined],
  ] as const)
    expect(named(text), text).toBe(name)
})
