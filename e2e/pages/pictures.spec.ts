import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { accessibilityFaults, expect, type test as Test, test, watchShifts } from '@/e2e/fixtures'

/** Imported covers, on the pages that show them. */

const run = promisify(execFile)
const LIST = '/albums?sort=longest'

/** The paths of the first albums of the list, which get a cover. */
let pictured: string[]

// In one worker, so that the covers are imported once.
test.describe.configure({ mode: 'default' })

test.beforeAll(async ({ request }) => {
  const list = await (await request.get(LIST)).text()
  const paths = [...list.matchAll(/<a [^>]*href="(\/albums\/[^"?]*-(\d+))" dir="auto"/g)].slice(0, 2)
  pictured = paths.map(([, address = '']) => address)
  expect(pictured).toHaveLength(2)
  const folder = await mkdtemp(path.join(tmpdir(), 'syromusic-covers-'))
  try {
    for (const [index, [, , id]] of paths.entries())
      await sharp({ create: { width: 600, height: 500, channels: 3, background: ['#2f6f2a', '#d8b13c'][index] ?? '' } })
        .png()
        .toFile(path.join(folder, `${id}.png`))
    await run('npm', ['run', '--silent', 'syro', '--', 'artwork', 'import', folder])
  } finally {
    await rm(folder, { recursive: true })
  }
})

type Page = Parameters<Parameters<typeof Test>[2]>[0]['page']

/** The picture of the album at an address. */
const pictureOf = (page: Page, address: string) =>
  page.locator('li', { has: page.locator(`a[href="${address}"]`) }).locator('picture')

test('a list shows covers in the size it needs, and loads the first ones early', { tag: '@writes' }, async ({
  page,
}) => {
  const shifts = await watchShifts(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(LIST)
  for (const address of pictured) {
    const image = pictureOf(page, address).locator('img')
    await expect(image).toHaveJSProperty('complete', true)
    expect(await image.evaluate((img: HTMLImageElement) => new URL(img.currentSrc).pathname)).toMatch(
      /^\/artwork\/[0-9a-f]{64}\/(250|500)\.avif$/,
    )
    expect(await image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(200)
    await expect(image).toHaveAttribute('loading', 'eager')
    await expect(image).toHaveAttribute('fetchpriority', 'high')
  }
  // Albums without a cover have a drawing.
  const drawn = page.locator('main li').filter({ has: page.locator('svg, span[data-words]') })
  expect(await drawn.count()).toBeGreaterThan(0)
  expect(await drawn.locator('picture').count()).toBe(0)
  expect(await shifts()).toEqual([])
})

test('an album’s page takes the colour of its cover, and link previews show the cover', { tag: '@writes' }, async ({
  page,
  request,
}) => {
  await page.goto(pictured[0] ?? '')
  const image = page.locator('main picture img').first()
  await expect(image).toHaveJSProperty('complete', true)
  expect(await image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(400)
  const preview = await page.locator('meta[property="og:image"]').getAttribute('content')
  const answer = await request.get(preview ?? '')
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/jpeg'])
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await accessibilityFaults(page)).toEqual([])
  }
})

for (const javaScriptEnabled of [true, false])
  test.describe(`a picture that fails to load, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled })

    for (const [where, address] of [
      ['in a list', () => LIST],
      ['at the head of an album', () => pictured[0] ?? ''],
    ] as const)
      test(`shows its placeholder and nothing else, ${where}`, { tag: '@writes' }, async ({ page }) => {
        await page.route('**/artwork/**', (route) => route.abort())
        await page.goto(address())
        const picture = page.locator('main picture').first()
        const image = picture.locator('img')
        await expect(image).toHaveAttribute('alt', '')
        await picture.scrollIntoViewIfNeeded()
        await expect(image).toHaveJSProperty('complete', true)
        const { width = 0, height = 1 } = (await picture.boundingBox()) ?? {}
        expect(width).toBeGreaterThan(100)
        expect(Math.abs(width - height)).toBeLessThan(1)
        // The screenshot is the same with a hidden image.
        const screenshot = await picture.screenshot({ animations: 'disabled' })
        await image.evaluate((img) => {
          img.style.visibility = 'hidden'
        })
        expect(screenshot.equals(await picture.screenshot({ animations: 'disabled' }))).toBe(true)
        const { data, info } = await sharp(screenshot).removeAlpha().raw().toBuffer({ resolveWithObject: true })
        const middle = info.channels * (info.width * Math.floor(info.height / 2) + Math.floor(info.width / 2))
        const [red = 0, green = 0, blue = 0] = data.subarray(middle)
        // Roughly "#2f6f2a": the placeholder is small.
        for (const [value, expected] of [
          [red, 0x2f],
          [green, 0x6f],
          [blue, 0x2a],
        ] as const)
          expect(Math.abs(value - expected)).toBeLessThan(24)
      })
  })

test('albums can be browsed by colour', { tag: '@writes' }, async ({ page }) => {
  await page.goto('/albums')
  const colours = page.getByRole('navigation', { name: 'Albums by colour' })
  const green = colours.getByRole('link', { name: /^green, \d+ albums?$/ })
  await green.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Green albums')
  await expect(page).toHaveURL(/\/albums\?color=green$/)
  const first = page.locator(`main li a[href="${pictured[0]}"]`)
  await expect(first).toBeVisible()
  await expect(colours.locator('[aria-current]')).toHaveAccessibleName(/^green/)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await accessibilityFaults(page)).toEqual([])
  }
  for (const color of ['%232f6f2a', '2F6F2A', '30702b', '%20Green', 'green&sort=title']) {
    await page.goto(`/albums?color=${color}`)
    await expect(first, color).toBeVisible()
  }
  for (const [color, title] of [
    ['gray', 'Grey albums'],
    ['%23fff', 'Albums like #ffffff'],
    ['9C3', 'Albums like #99cc33'],
  ] as const) {
    await page.goto(`/albums?color=${color}`)
    await expect(page.getByRole('heading', { level: 1 }), color).toHaveText(title)
  }
  await page.goto('/albums?color=purple')
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('No albums in this colour')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('pictures are visible', { tag: '@writes' }, async ({ page }) => {
    await page.goto(LIST)
    await expect(pictureOf(page, pictured[0] ?? '').locator('img')).toBeVisible()
  })
})
