import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expect, test } from '@/e2e/fixtures'

/** Which file of a picture is shown where, on screens of every width and density, and which are asked for first. */

const run = promisify(execFile)
/** Albums that another test gives pictures of its own. */
const OTHERS = '/albums?sort=longest'

const pages = ['list', 'home', 'album', 'artist', 'song', 'songs', 'playlist', 'playlists', 'what is found'] as const
const addresses = new Map<string, string>()
/** The pictures of the first albums that these pages show, by their hashes. */
const hashes: string[] = []

test.beforeAll(async ({ request }) => {
  // Making the pictures takes longer than a test where the machine is busy.
  test.setTimeout(240_000)
  const mainOf = async (address: string) => (await (await request.get(address)).text()).split('<main')[1] ?? ''
  const first = async (list: string, of: string) =>
    new RegExp(`href="(/${of}/[^"?]*-\\d+)"`).exec(await mainOf(list))?.[1] ?? ''
  const idsOn = async (address: string) => [
    ...new Set([...(await mainOf(address)).matchAll(/href="\/albums\/[^"?]*-(\d+)"/g)].map(([, id = '']) => id)),
  ]
  const list = `${OTHERS}&page=2`
  const playlist = await first('/playlists?sort=longest', 'playlists')
  const album = await first(list, 'albums')
  const song = await first('/songs', 'songs')
  const artist = await first('/artists?sort=popular', 'artists')
  const found = '/search?q=the&kind=album'
  const shown: [name: (typeof pages)[number], address: string, albums: string[]][] = [
    ['list', list, (await idsOn(list)).slice(0, 2)],
    ['home', '/', (await idsOn('/')).slice(0, 2)],
    ['album', album, []],
    ['artist', artist, (await idsOn(artist)).slice(0, 2)],
    ['song', song, (await idsOn(song)).slice(0, 1)],
    ['songs', '/songs', (await idsOn('/songs')).slice(0, 2)],
    // Of some of these its mosaic is.
    ['playlist', playlist, (await idsOn(playlist)).slice(0, 6)],
    ['playlists', '/playlists?sort=longest', []],
    ['what is found', found, (await idsOn(found)).slice(0, 2)],
  ]
  for (const [name, address] of shown) addresses.set(name, address)
  const others = await idsOn(OTHERS)
  const ids = [...new Set(shown.flatMap(([, , albums]) => albums))].filter((id) => !others.includes(id))
  const folder = await mkdtemp(path.join(tmpdir(), 'syromusic-sizes-'))
  try {
    for (const id of ids) {
      // Each another, for a browser that has one larger shows that everywhere.
      const background = `hsl(0, 0%, ${40 + (Number(id) % 20)}%)`
      const text = Buffer.from(`<svg width="1200" height="1200"><text y="600" font-size="200">${id}</text></svg>`)
      const picture = await sharp({ create: { width: 1200, height: 1200, channels: 3, background } })
        .composite([{ input: text }])
        .png()
        .toBuffer()
      hashes.push(createHash('sha256').update(picture).digest('hex'))
      await writeFile(path.join(folder, `${id}.png`), picture)
    }
    await run('npm', ['run', '--silent', 'syro', '--', 'artwork', 'import', folder])
  } finally {
    await rm(folder, { recursive: true })
  }
})

type Shown = { width: number; size: number; src: string }

/** The pictures of a page that have come: how wide each is shown, in CSS pixels, and the size of the file that it is of. */
async function picturesOn(page: Page): Promise<Shown[]> {
  const images = page.locator(hashes.map((hash) => `main picture:has(source[srcset*="${hash}"]) img`).join())
  // Those that are far below come when they are near.
  await images.first().scrollIntoViewIfNeeded()
  await expect(images.first()).toHaveJSProperty('complete', true)
  const found = await images.evaluateAll((all) =>
    all.flatMap((image) =>
      image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0
        ? { width: image.getBoundingClientRect().width, src: image.currentSrc }
        : [],
    ),
  )
  return found.map(({ width, src }) => ({ width, src, size: Number(/\/(\d+)\.avif$/.exec(src)?.[1]) }))
}

const SIZES = [96, 250, 500, 1000]
/** By so much the width that a page says of a picture may be wrong. */
const NEAR = 1.04
/** More pixels to one of CSS are not seen, and this part of them is as good. */
const SEEN = 2
const GOOD = 0.85

/** Screens: a usual one, and a telephone. */
const screens = [
  { width: 1280, density: 1 },
  { width: 360, density: 3 },
]

/** How many pictures a page asks for before it is scrolled, at the most. */
const atFirst: Record<(typeof pages)[number], number> = {
  ...{ list: 5, home: 6, album: 1, song: 1, artist: 6, songs: 6 },
  ...{ playlist: 4, playlists: 24, 'what is found': 6 },
}

/** When a page asks for its pictures: first for those that are seen first. */
async function expectTurns(page: Page, most: number): Promise<void> {
  const turns = await page
    .locator('main picture img')
    .evaluateAll((all) => all.map((image) => [image.getAttribute('loading'), image.getAttribute('fetchpriority')]))
  expect(turns[0]).toEqual(['eager', 'high'])
  const atOnce = turns.filter(([loading]) => loading === 'eager')
  expect(atOnce.length).toBeLessThanOrEqual(most)
  // Those below follow when they are scrolled to.
  expect(turns.slice(atOnce.length).every(([loading, priority]) => loading === 'lazy' && priority === null)).toBe(true)
}

for (const name of pages)
  test(`${name}: the smallest file that is as wide as each picture is shown, and first what is seen first`, async ({
    browser,
    baseURL,
  }) => {
    const wrong: string[] = []
    for (const { width, density } of screens) {
      const viewport = { width, height: 1000 }
      const context = await browser.newContext({ baseURL, viewport, deviceScaleFactor: density })
      const page = await context.newPage()
      await page.goto(addresses.get(name) ?? '')
      await expectTurns(page, atFirst[name])
      const pictures = await picturesOn(page)
      expect(pictures.length, `${width}`).toBeGreaterThan(0)
      const needs = (each: Shown) => (SIZES[SIZES.indexOf(each.size) - 1] ?? 0) < each.width * density * NEAR
      for (const each of pictures) {
        // What is there already for a larger place is shown in a smaller one too.
        const isTooLarge = !pictures.some((other) => other.src === each.src && needs(other))
        const isTooSmall = each.size < each.width * Math.min(density, SEEN) * GOOD
        if (isTooLarge || isTooSmall) wrong.push(`${each.size} for ${each.width} at ${width}, ${density}×`)
      }
      await context.close()
    }
    expect(wrong).toEqual([])
  })
