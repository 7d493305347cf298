import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idOf, refOf, slugify } from './slug'

describe('slugify', () => {
  for (const [title, slug] of [
    ['OK Computer', 'ok-computer'],
    ["Guns N' Roses", 'guns-n-roses'],
    ['Motörhead', 'motorhead'],
    ['AC/DC', 'ac-dc'],
    ['Дети', 'deti'],
    ['邓丽君', 'deng-li-jun'],
    ['!!!', ''],
    ['', ''],
  ] as const)
    test(`"${title}" is "${slug}"`, () => expect(slugify(title).toLowerCase()).toBe(slug))

  test('cuts a long title at a word', () => {
    const slug = slugify('Homecoming / The Death Of St. Jimmy / East 12th St. / Nobody Likes You')
    expect(slug).toBe('homecoming-the-death-of-st-jimmy-east-12th-st-nobody-likes')
  })

  test('returns only words and hyphens for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(slugify(text)).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
      }),
    )
  })
})

describe('references', () => {
  test('a reference contains its id for any title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 2_147_483_647 }), (title, id) => {
        expect(idOf(refOf({ id, title }))).toBe(id)
      }),
    )
  })

  for (const ref of ['', 'ok-computer', '0', 'x-0', '-', '1432x', 'x-99999999999', 'x-2147483648', '01'])
    test(`"${ref}" has no id`, () => expect(idOf(ref)).toBeNull())

  test('is only the id if the title has no words', () => expect(refOf({ id: 7, title: '!!!' })).toBe('7'))
})
