import { accessibilityFaults, expect, test } from '@/e2e/fixtures'
import { kinds } from './kinds'

for (const colorScheme of ['light', 'dark'] as const)
  for (const [kind, open] of Object.entries(kinds))
    test(`${kind}, ${colorScheme}: axe finds nothing`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await open(page)
      expect(await accessibilityFaults(page)).toEqual([])
    })
