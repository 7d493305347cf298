import { expect, test } from 'vitest'
import { largestOf, previewOf, toCover } from './cover'

const hash = 'ab'.repeat(32)

test('parses a stored cover, with the widths of its files after the crop to a square', () => {
  const cover = toCover(`${hash} 600 300 #102030 UklGRg==`)
  expect(cover).toEqual({
    path: `/artwork/${hash}`,
    files: [
      { size: 96, width: 48 },
      { size: 250, width: 125 },
      { size: 500, width: 250 },
      { size: 1000, width: 300 },
    ],
    colour: '#102030',
    placeholder: 'UklGRg==',
  })
  expect(largestOf(cover)).toBe(`/artwork/${hash}/1000.jpg`)
})

test('the preview of an album is its cover, or a drawing whose address changes with the title', () => {
  const cover = toCover(`${hash} 600 300 #102030 UklGRg==`)
  expect(previewOf({ id: 7, title: 'Winter', cover })).toBe(`/artwork/${hash}/1000.jpg`)
  const drawn = previewOf({ id: 7, title: 'Winter', cover: null })
  expect(drawn).toMatch(/^\/artwork\/drawn\/7-[0-9a-f]{8}\.png$/)
  expect(previewOf({ id: 7, title: 'Summer', cover: null })).not.toBe(drawn)
})

test('an old cover has no placeholder, and an album without a cover has null', () => {
  expect(toCover(`${hash} 40 40 #102030 `)).toMatchObject({ files: [{ size: 96, width: 40 }], placeholder: '' })
  expect(toCover(null)).toBeNull()
  expect(largestOf(null)).toBeUndefined()
})
