import type { Page } from '@playwright/test'
import { accessibilityFaults, expect, test, watchShifts } from '@/e2e/fixtures'
import { pageKinds } from './page-kinds'

/** Checks for every kind of page. Each is opened once, because opening takes longer than checking. */

/** The kinds that the smoke test opens. */
const smoke = new Set(['home', 'albums', 'album', 'artist', 'song', 'playlist', 'genre', 'search results', 'sign in'])
/** From 1280 px at 400 % (WCAG 1.4.10) to a large screen. */
const WIDTHS = [320, 768, 1440]
/** The text spacing that pages must allow (WCAG 1.4.12). */
const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'

/** The kinds that search engines do not index. */
const notIndexed = new Set(['not found', 'search', 'search results', 'sign in'])
/** The schema.org types of the subject of a page. */
const subjects: Record<string, string[]> = {
  home: ['WebSite'],
  artist: ['MusicGroup', 'Person'],
  album: ['MusicAlbum'],
  song: ['MusicRecording'],
  playlist: ['MusicPlaylist'],
}

for (const [kind, open] of Object.entries(pageKinds))
  test(`${kind}: fits every screen, does not shift, is accessible and has metadata`, {
    tag: ['@a11y', ...(smoke.has(kind) ? ['@smoke'] : [])],
  }, async ({ page }) => {
    // axe takes a minute for the API documentation on a busy machine.
    test.slow(kind === 'API documentation')
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    const shifts = await watchShifts(page)
    await page.setViewportSize({ width: 768, height: 900 })
    await open(page)
    await page.evaluate(() => document.fonts.ready)
    expect(await shifts()).toEqual([])
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    if (!notIndexed.has(kind)) await expectMetadata(page, subjects[kind])

    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(width)
    }

    expect(await accessibilityFaults(page)).toEqual([])
    await page.setViewportSize({ width: WIDTHS[0] ?? 0, height: 900 })
    // Off by default in axe. It compares every link with every other: a minute for the API documentation.
    if (kind !== 'API documentation') expect(await accessibilityFaults(page, ['target-size'])).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    // The only rule that depends on colours.
    expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([])

    expect(await clippedWhenSpaced(page)).toEqual([])
  })

/** Expects a title, a description, a canonical address and structured data. */
async function expectMetadata(page: Page, subject: string[] | undefined): Promise<void> {
  await expect(page).toHaveTitle(/SyroMusic/)
  for (const name of ['description', 'og:title', 'og:description', 'og:url', 'og:type']) {
    const meta = page.locator(`meta[name="${name}"], meta[property="${name}"]`)
    await expect(meta, name).toHaveAttribute('content', /\S/)
  }
  const canonical = await page.locator('link[rel="canonical"]').getAttribute('href')
  expect(new URL(canonical ?? '').pathname).toBe(new URL(page.url()).pathname)
  if (!subject) return
  const data = await page.locator('script[type="application/ld+json"]').allTextContents()
  const types = data.flatMap((text) => [JSON.parse(text)].flat()).map((thing) => thing['@type'])
  expect(types.some((type) => subject.includes(type))).toBe(true)
  expect(types).toContain('BreadcrumbList')
}

/** Applies the text spacing. @returns the elements that then leave the screen or are cut off. */
const clippedWhenSpaced = (page: Page) =>
  page.evaluate((css) => {
    const spaced = new CSSStyleSheet()
    spaced.replaceSync(css)
    document.adoptedStyleSheets.push(spaced)
    const width = document.documentElement.clientWidth
    const shown = [...document.querySelectorAll('header *, main *, footer *')].filter(
      (element) =>
        element.checkVisibility() &&
        element.clientWidth !== 1 &&
        element.closest('[aria-hidden], [class*="shelf"], pre') === null,
    )
    const isCut = (element: Element) =>
      element.getBoundingClientRect().right > width + 1 ||
      (getComputedStyle(element).overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1)
    return shown.filter(isCut).map((element) => element.outerHTML.slice(0, 100))
  }, SPACED)

// The height of fallback letters depends on the fonts of the machine: see components/ui/fonts/fonts.test.ts.
test('titles keep their place and height in the fallback font', async ({ page }) => {
  const top = () =>
    page.getByRole('heading', { level: 1 }).evaluate((heading) => {
      const { top, height } = heading.getBoundingClientRect()
      return [Math.round(top), Math.round(height)]
    })
  await page.goto('/sign-in')
  await page.evaluate(() => document.fonts.ready)
  const scrolled = await top()
  await page.route('**/*.woff2', (route) => route.abort())
  await page.reload()
  expect(await page.evaluate(() => document.fonts.check('1em title'))).toBe(false)
  expect(await top()).toEqual(scrolled)
})
