import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tabs } from '@/lib/catalogue/letters/tabs'
import { sortKey, sortNameOf, titleSortKey } from './sort-key'

const bytes = (text: string) => Buffer.from(text)
const byKey = (a: string, b: string) => Buffer.compare(bytes(sortKey(a)), bytes(sortKey(b)))

describe('sortKey', () => {
  const same: [string, string][] = [
    ['Motörhead', 'motorhead'],
    ['Sigur Rós', 'SIGUR ROS'],
    ['AC/DC', 'ac dc'],
    ['Beyoncé', 'Beyonce\u0301'],
    ['ＡＢＢＡ', 'Abba'],
    ['Łódź', 'Lodz'],
    ['Øyafestivalen', 'Oyafestivalen'],
    ['Æther', 'Aether'],
    ['Þursaflokkurinn', 'Thursaflokkurinn'],
    ['Đorđe', 'Dorde'],
    ['Œuvres', 'Oeuvres'],
    ['Straße', 'STRASSE'],
    ['Iğdır', 'Igdir'],
    ['٣ أغاني', '3 اغاني'],
    ['テレサ・テン', 'てれさ てん'],
    ['ΟΔΟΣ', 'οδός'],
  ]
  for (const [a, b] of same) test(`sorts "${a}" like "${b}"`, () => expect(sortKey(a)).toBe(sortKey(b)))

  const shelves: string[][] = [
    ['2 Unlimited', '10cc', '101 Strings', 'Abba', 'Ärzte', 'Zappa', 'Ωmega', 'Дети', '邓丽君'],
    ['Symphony No. 3', 'Symphony No. 10'],
    ['!!!', '1975', 'a-ha'],
    ['Strange', 'Straße', 'Strawbs', 'Zappa'],
    ['Иван', 'Йод', 'Кино'],
    ['का', 'कि', 'ख'],
    [
      'Ελλάδα',
      'Кино',
      'Շուշան',
      'שלום',
      'فيروز',
      '방탄소년단',
      'あいみょん',
      'カナ',
      'サカナクション',
      '久石譲',
      '邓丽君',
      '𠮷田',
    ],
  ]
  for (const shelf of shelves)
    test(`orders ${shelf.join(', ')}`, () => expect([...shelf].reverse().sort(byKey)).toEqual(shelf))

  test('fits an index and is well-formed for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const key = sortKey(text)
        expect(bytes(key).length).toBeLessThanOrEqual(800)
        expect(key.isWellFormed()).toBe(true)
      }),
    )
  })
})

test('titles sort without a leading article unless nothing would be left', () => {
  expect(titleSortKey('The Wall')).toBe('wall')
  expect(titleSortKey('A Night at the Opera')).toBe('night at the opera')
  expect(titleSortKey('The The')).toBe('the')
  expect(titleSortKey('A-ha')).toBe('a ha')
  expect(titleSortKey('The')).toBe('the')
})

test('moves the article to the end of a sort name', () => {
  expect(sortNameOf('The Beatles')).toBe('Beatles, The')
  expect(sortNameOf('João Suplicy')).toBe('João Suplicy')
  expect(sortNameOf('Theatre of Tragedy')).toBe('Theatre of Tragedy')
})

describe('a tab of the A–Z bar', () => {
  const tabOf = (name: string) =>
    tabs.findLast(({ start }) => Buffer.compare(bytes(start), bytes(sortKey(name))) <= 0)?.name
  for (const [name, tab] of [
    ['Zappa', 'z'],
    ['Ärzte', 'a'],
    ['Ørsted', 'o'],
    ['10cc', '0'],
    ['١٠', '0'],
    ['!!!', '0'],
    ['Ωmega', 'Greek'],
    ['Дети', 'Cyrillic'],
    ['Ꙋгъ', 'Cyrillic'],
    ['Արամ', 'Armenian'],
    ['שלום', 'Hebrew'],
    ['فيروز', 'Arabic'],
    ['रवि शंकर', 'Devanagari'],
    ['คาราบาว', 'Thai'],
    ['방탄소년단', 'Hangul'],
    ['ﾃﾚｻ', 'Kana'],
    ['椎名林檎', 'Han'],
    ['𠮷田', 'Han'],
    ['ᏣᎳᎩ', 'Other scripts'],
  ] as const)
    test(`of "${name}" is ${tab}`, () => expect(tabOf(name)).toBe(tab))

  test('is in byte order, like the keys in the database', () =>
    expect(tabs.map(({ start }) => start).toSorted((a, b) => Buffer.compare(bytes(a), bytes(b)))).toEqual(
      tabs.map(({ start }) => start),
    ))
})
