import { accessibilityFaults, expect, test, watchShifts } from '@/e2e/fixtures'
import { kinds } from './kinds'

/** What holds for a page of any kind. Each is opened once: opening takes longer than looking. */

const WIDTHS = [360, 768, 1440]

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
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    // Of all that it looks for, only this depends on the colours.
    expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([])
  })

test('titles stand where they do, whichever font they are shown in', async ({ page }) => {
  const top = () =>
    page.getByRole('heading', { level: 1 }).evaluate((heading) => {
      const range = document.createRange()
      range.selectNodeContents(heading)
      const { top, height } = range.getBoundingClientRect()
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
