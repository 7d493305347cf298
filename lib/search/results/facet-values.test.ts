import { expect, test } from 'vitest'
import { colourNames } from '@/lib/catalogue/artwork/colour-names'
import { readValue } from './facet-values'

test('reads a colour by name or hex code, as the list of albums does', () => {
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
