import type { Page } from '@playwright/test'
import { test as base, expect, watchShifts } from '@/e2e/fixtures'
import { type PartSize, type SlowNetwork, startSlowNetwork } from '@/e2e/slow-network'
import { pageKinds } from './page-kinds'

/** Pages that arrive in parts, each painted before the next: nothing that is visible may move. */

const test = base.extend<{ parts: PartSize; network: SlowNetwork }>({
  parts: ['large', { option: true }],
  network: async ({ parts }, use) => {
    const network = await startSlowNetwork(process.env.SYRO_URL ?? '', parts)
    await use(network)
    await network.close()
  },
  baseURL: ({ network }, use) => use(network.address),
})

/** Delivers part after part, each after the browser has painted the one before, until `work` is done. */
async function deliverWhile<Result>(page: Page, network: SlowNetwork, work: Promise<Result>): Promise<Result> {
  let isDone = false
  const end = () => {
    isDone = true
  }
  work.then(end, end)
  while (!isDone) {
    const isPainted = await page
      .evaluate(async () => {
        if (document.readyState !== 'loading') return false
        await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
        return true
      })
      .catch(() => false)
    if (isPainted) network.deliver()
  }
  return work
}

/** Opens a page that arrives in parts. @returns its layout shifts. */
async function shiftsOf(page: Page, network: SlowNetwork, width: number, open: (page: Page) => Promise<unknown>) {
  await page.setViewportSize({ width, height: 900 })
  // Whether a font arrives before the first paint is chance.
  await page.route('**/*.woff2', (route) => route.abort())
  const shifts = await watchShifts(page)
  await deliverWhile(page, network, open(page))
  return shifts()
}

/**
 * The largest layout shift allowed: a tenth of the "good" of Web Vitals (web.dev/articles/cls). It is not 0, because a busy
 * browser may paint in the middle of a line.
 */
const MAX_SHIFT = 0.01

for (const width of [360, 1440]) {
  for (const [kind, open] of Object.entries(pageKinds))
    test(`${kind}: does not shift at ${width} px while it loads`, async ({ page, network }) => {
      const shifts = await shiftsOf(page, network, width, open)
      const all = shifts.reduce((sum, { score }) => sum + score, 0)
      expect(all, JSON.stringify(shifts, null, 2)).toBeLessThan(MAX_SHIFT)
    })

  test.describe('tag by tag', () => {
    test.use({ parts: 'tags' })

    test(`header, footer and forms do not shift at ${width} px`, async ({ page, network }) => {
      expect(await shiftsOf(page, network, width, (on) => on.goto('/sign-in'))).toEqual([])
    })
  })
}
