import type { Page } from '@playwright/test'
import { accessibilityFaults, expect, test, watchShifts } from '@/e2e/fixtures'
import { kinds } from './kinds'

/** What holds for a page of any kind. Each is opened once: opening takes longer than looking. */

/** From 1280 px at 400 % (WCAG 1.4.10) to a large screen. */
const WIDTHS = [320, 768, 1440]
/** The text spacing that pages must allow (WCAG 1.4.12). */
const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'

for (const [kind, open] of Object.entries(kinds))
  test(`${kind} fits any screen, does not shift, and is there for everybody`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    const shifts = await watchShifts(page)
    await page.setViewportSize({ width: 768, height: 900 })
    await open(page)
    await page.evaluate(() => document.fonts.ready)
    expect(await shifts()).toEqual([])
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)

    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(width)
    }

    expect(await accessibilityFaults(page)).toEqual([])
    await page.setViewportSize({ width: WIDTHS[0] ?? 0, height: 900 })
    // Off by default in axe. It compares all links with each other: a minute for the thousands of the reference.
    if (kind !== 'api') expect(await accessibilityFaults(page, ['target-size'])).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    // Of all that it looks for, only this depends on the colours.
    expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([])

    expect(await clippedWhenSpaced(page)).toEqual([])
  })

/** Sets the page's letters, words and lines apart. @returns what then leaves the screen or is cut. */
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

// Whether the letters of a stand-in are as high depends on which font the machine has: see components/ui/fonts/fonts.test.ts.
test('titles stand where they do, whichever font they are shown in', async ({ page }) => {
  const top = () =>
    page.getByRole('heading', { level: 1 }).evaluate((heading) => {
      const { top, height } = heading.getBoundingClientRect()
      return [Math.round(top), Math.round(height)]
    })
  await page.goto('/sign-in')
  await page.evaluate(() => document.fonts.ready)
  const ours = await top()
  await page.route('**/*.woff2', (route) => route.abort())
  await page.reload()
  expect(await page.evaluate(() => document.fonts.check('1em title'))).toBe(false)
  expect(await top()).toEqual(ours)
})
