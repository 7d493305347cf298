import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { initialOf, sortKey, sortNameOf, titleSortKey } from './sort-key'

const bytes = (text: string) => Buffer.from(text)
const byKey = (a: string, b: string) => Buffer.compare(bytes(sortKey(a)), bytes(sortKey(b)))

describe('sortKey', () => {
  const same: [string, string][] = [
    ['Motörhead', 'motorhead'],
    ['Sigur Rós', 'SIGUR ROS'],
    ['AC/DC', 'ac dc'],
    ['Beyoncé', 'Beyonce\u0301'],
    ['ＡＢＢＡ', 'Abba'],
  ]
  for (const [a, b] of same) test(`files "${a}" where "${b}" is`, () => expect(sortKey(a)).toBe(sortKey(b)))

  const shelves: string[][] = [
    ['2 Unlimited', '10cc', '101 Strings', 'Abba', 'Ärzte', 'Zappa', 'Ωmega', 'Дети', '邓丽君'],
    ['Symphony No. 3', 'Symphony No. 10'],
    ['!!!', '1975', 'a-ha'],
  ]
  for (const shelf of shelves)
    test(`orders ${shelf.join(', ')}`, () => expect([...shelf].reverse().sort(byKey)).toEqual(shelf))

  test('fits an index and is well-formed, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const key = sortKey(text)
        expect(bytes(key).length).toBeLessThanOrEqual(800)
        expect(key.isWellFormed()).toBe(true)
      }),
    )
  })
})

test('titles are filed without their leading article, but not without a name', () => {
  expect(titleSortKey('The Wall')).toBe('wall')
  expect(titleSortKey('A Night at the Opera')).toBe('night at the opera')
  expect(titleSortKey('The The')).toBe('the')
  expect(titleSortKey('A-ha')).toBe('a ha')
  expect(titleSortKey('The')).toBe('the')
})

test('a sort name moves the article to the end', () => {
  expect(sortNameOf('The Beatles')).toBe('Beatles, The')
  expect(sortNameOf('João Suplicy')).toBe('João Suplicy')
  expect(sortNameOf('Theatre of Tragedy')).toBe('Theatre of Tragedy')
})

test('the A–Z jump has a letter for Latin names, one for numbers and signs, one for all other scripts', () => {
  expect(['Zappa', 'Ärzte', '10cc', '!!!', 'Дети', '邓丽君'].map((name) => initialOf(sortKey(name)))).toEqual([
    'z',
    'a',
    '0',
    '0',
    '…',
    '…',
  ])
})
