import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expect, test } from '@/e2e/fixtures'

/** Which file of a picture is loaded, on screens of different widths and densities, and which pictures load first. */

const run = promisify(execFile)
/** The albums to which pictures.spec.ts gives covers. */
const OTHERS = '/albums?sort=longest'

const pages = ['list', 'home', 'album', 'artist', 'song', 'songs', 'playlist', 'playlists', 'search results'] as const
const addresses = new Map<string, string>()
/** The hashes of the pictures that these tests import for the first albums of each page. */
const hashes: string[] = []

// In one worker, so that the covers are imported once.
test.describe.configure({ mode: 'default' })

test.beforeAll(async ({ request }) => {
  // On a busy machine, decoding the pictures takes longer than a test may.
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
    // The mosaic of a playlist shows some of its albums.
    ['playlist', playlist, (await idsOn(playlist)).slice(0, 6)],
    ['playlists', '/playlists?sort=longest', []],
    ['search results', found, (await idsOn(found)).slice(0, 2)],
  ]
  for (const [name, address] of shown) addresses.set(name, address)
  const others = await idsOn(OTHERS)
  const ids = [...new Set(shown.flatMap(([, , albums]) => albums))].filter((id) => !others.includes(id))
  const folder = await mkdtemp(path.join(tmpdir(), 'syromusic-sizes-'))
  try {
    for (const id of ids) {
      // Each is different: a browser that has a larger file shows it in small places too.
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

type LoadedPicture = { width: number; size: number; src: string }

/** The loaded pictures of a page: their width in CSS pixels, and the width of their file. */
async function picturesOn(page: Page): Promise<LoadedPicture[]> {
  const images = page.locator(hashes.map((hash) => `main picture:has(source[srcset*="${hash}"]) img`).join())
  // Pictures far below load when they come near.
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
/** Tolerance of the width that a page declares for a picture. */
const NEAR = 1.04
/** Nobody sees more file pixels per CSS pixel than this, */
const SEEN = 2
/** and this part of them looks the same. */
const GOOD = 0.85

/** A desktop screen and a phone. */
const screens = [
  { width: 1280, density: 1 },
  { width: 360, density: 3 },
]

/** The maximum number of pictures that each page loads before it is scrolled. */
const atFirst: Record<(typeof pages)[number], number> = {
  ...{ list: 5, home: 6, album: 1, song: 1, artist: 6, songs: 6 },
  ...{ playlist: 4, playlists: 24, 'search results': 6 },
}

/** Expects that the first pictures load early and the others when they are scrolled to. */
async function expectLoadingOrder(page: Page, most: number): Promise<void> {
  const turns = await page
    .locator('main picture img')
    .evaluateAll((all) => all.map((image) => [image.getAttribute('loading'), image.getAttribute('fetchpriority')]))
  expect(turns[0]).toEqual(['eager', 'high'])
  const atOnce = turns.filter(([loading]) => loading === 'eager')
  expect(atOnce.length).toBeLessThanOrEqual(most)
  expect(turns.slice(atOnce.length).every(([loading, priority]) => loading === 'lazy' && priority === null)).toBe(true)
}

for (const name of pages)
  test(`${name}: loads the smallest sufficient file of each picture, the first pictures first`, {
    tag: '@writes',
  }, async ({ browser, baseURL }) => {
    const wrong: string[] = []
    for (const { width, density } of screens) {
      const viewport = { width, height: 1000 }
      const context = await browser.newContext({ baseURL, viewport, deviceScaleFactor: density })
      const page = await context.newPage()
      await page.goto(addresses.get(name) ?? '')
      await expectLoadingOrder(page, atFirst[name])
      const pictures = await picturesOn(page)
      expect(pictures.length, `${width}`).toBeGreaterThan(0)
      const needs = (each: LoadedPicture) => (SIZES[SIZES.indexOf(each.size) - 1] ?? 0) < each.width * density * NEAR
      for (const each of pictures) {
        // A file that is loaded for a larger place is used in smaller ones too.
        const isTooLarge = !pictures.some((other) => other.src === each.src && needs(other))
        const isTooSmall = each.size < each.width * Math.min(density, SEEN) * GOOD
        if (isTooLarge || isTooSmall) wrong.push(`${each.size} for ${each.width} at ${width}, ${density}×`)
      }
      await context.close()
    }
    expect(wrong).toEqual([])
  })
