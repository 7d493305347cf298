import { expect, test } from 'vitest'
import { previewOf, toCover } from './cover'

const hash = 'ab'.repeat(32)

test('what a row stores is a picture with the files that there are of it, as wide as they are square', () => {
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
  expect(previewOf(cover)).toBe(`/artwork/${hash}/1000.jpg`)
})

test('a picture taken before there were placeholders has none, and no picture is none', () => {
  expect(toCover(`${hash} 40 40 #102030 `)).toMatchObject({ files: [{ size: 96, width: 40 }], placeholder: '' })
  expect(toCover(null)).toBeNull()
  expect(previewOf(null)).toBeUndefined()
})
