import sharp from 'sharp'
import { expect, test } from 'vitest'
import { type CoverSubject, drawingOf, markOf } from '@/lib/catalogue/artwork/drawing'
import { drawnPictures } from './pictures'
import { coverSvg, readDrawings, readPalettes } from './svg'

/** The first album with this title whose drawing matches. */
function albumWith(title: string, matches: (drawing: ReturnType<typeof drawingOf>) => boolean): CoverSubject {
  for (let id = 1; ; id++) if (matches(drawingOf({ id, title }))) return { id, title }
}

test('reads all palettes and drawings', () => {
  const palettes = readPalettes()
  expect(palettes.length).toBe(16)
  for (const inks of palettes) expect(new Set(Object.values(inks)).size).toBe(4)
  expect(readDrawings().size).toBe(24)
})

test('covers of every drawing and layout are shapes in hex colours, without text, references or variables', () => {
  const seen = new Set<string>()
  for (let id = 1; seen.size < 32; id++) {
    const drawing = drawingOf({ id, title: 'Winter' })
    seen.add(drawing.name === 'type' ? `type ${drawing.layout}` : drawing.name)
    const svg = coverSvg({ id, title: 'Winter' })
    expect(svg).toMatch(/^<svg [^>]+>.*<\/svg>$/s)
    expect(svg).not.toMatch(/<text|href|url\(|var\(|undefined|NaN/)
  }
})

test('draws titles as outlines cut at the cover’s edge, or a drawing if the font lacks a letter', () => {
  const isType = (drawing: ReturnType<typeof drawingOf>) => drawing.name === 'type'
  const outlines = (title: string) => coverSvg(albumWith(title, isType)).match(/transform="translate\(8 /g)?.length ?? 0
  expect(outlines('Lucy’s Door')).toBe(2)
  expect(outlines('Dvořák')).toBe(1)
  expect(outlines('x'.repeat(300))).toBeGreaterThan(3)
  for (const title of ['Nguyễn', '冬の旅', 'Кино', '😀', '<script>']) {
    const svg = coverSvg(albumWith(title, isType))
    expect(svg).not.toContain('script')
    if (title !== '<script>') expect(svg, title).toContain('rotate(')
  }
})

test('returns a PNG of 600 × 600 pixels for the current mark only', async () => {
  const album = { id: 7, title: 'Winter' }
  const { draw } = drawnPictures(async (id) => (id === album.id ? album.title : null))
  const picture = await draw(album.id, markOf(album))
  if (!(picture instanceof Buffer)) throw new Error(`There is ${picture} instead of a picture`)
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 600, height: 600 })
  expect(await draw(album.id, '00000000')).toBeNull()
  expect(await draw(8, markOf(album))).toBeNull()
})

test('draws one at a time, and is busy when the queue is full', async () => {
  let [now, most] = [0, 0]
  const { draw } = drawnPictures(
    async () => 'Winter',
    async () => {
      most = Math.max(most, ++now)
      await Promise.resolve()
      now--
      return Buffer.from('picture')
    },
  )
  const drawn = await Promise.all(
    Array.from({ length: 80 }, (_, index) => draw(index + 1, markOf({ id: index + 1, title: 'Winter' }))),
  )
  expect(most).toBe(1)
  expect(drawn.filter((each) => each === 'busy').length).toBe(30)
  expect(await draw(1, markOf({ id: 1, title: 'Winter' }))).toEqual(Buffer.from('picture'))
})

test('a drawing that fails does not block others', async () => {
  const { draw } = drawnPictures(
    async () => 'Winter',
    async ({ id }) => {
      if (id === 1) throw new Error('The drawing fails')
      return Buffer.from('picture')
    },
  )
  const mark = (id: number) => markOf({ id, title: 'Winter' })
  await expect(draw(1, mark(1))).rejects.toThrow('The drawing fails')
  expect(await draw(2, mark(2))).toEqual(Buffer.from('picture'))
})
