import { expect, test } from '@/e2e/fixtures'
import { kinds } from './kinds'

for (const width of [360, 768, 1440])
  for (const [kind, open] of Object.entries(kinds))
    test(`${kind} fits ${width} px, has one heading of the first rank, and does not shift`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 })
      await page.addInitScript(() => {
        Object.assign(globalThis, { shifted: 0 })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            Object.assign(globalThis, { shifted: Reflect.get(globalThis, 'shifted') + Reflect.get(entry, 'value') })
        }).observe({ type: 'layout-shift', buffered: true })
      })
      await open(page)
      await page.evaluate(() => document.fonts.ready)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
      expect(await page.evaluate(() => Reflect.get(globalThis, 'shifted'))).toBe(0)
    })
