import type { Page } from '@playwright/test'
import { test as base, expect, watchShifts } from '@/e2e/fixtures'
import { type Parts, type SlowNetwork, startSlowNetwork } from '@/e2e/slow-network'
import { kinds } from './kinds'

/** Pages that come in parts, each painted before the next: what has been read stays where it is. */

const test = base.extend<{ parts: Parts; network: SlowNetwork }>({
  parts: ['large', { option: true }],
  network: async ({ parts }, use) => {
    const network = await startSlowNetwork(process.env.SYRO_URL ?? '', parts)
    await use(network)
    await network.close()
  },
  baseURL: ({ network }, use) => use(network.address),
})

/** Brings part after part, each once the browser has painted the one before, until `work` is done. */
async function bringWhile<Result>(page: Page, network: SlowNetwork, work: Promise<Result>): Promise<Result> {
  let isDone = false
  const end = () => {
    isDone = true
  }
  work.then(end, end)
  while (!isDone) {
    // A page that is on its way to the browser, or complete, has nothing more to be painted.
    const isPainted = await page
      .evaluate(async () => {
        if (document.readyState !== 'loading') return false
        await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
        return true
      })
      .catch(() => false)
    if (isPainted) network.bring()
  }
  return work
}

/** Opens a page that comes in parts. @returns what shifted meanwhile. */
async function shiftsOf(page: Page, network: SlowNetwork, width: number, open: (page: Page) => Promise<unknown>) {
  await page.setViewportSize({ width, height: 900 })
  // A font that comes while the first part is painted is another matter: whether it does, is chance.
  await page.route('**/*.woff2', (route) => route.abort())
  const shifts = await watchShifts(page)
  await bringWhile(page, network, open(page))
  return shifts()
}

/**
 * What a page may shift. A browser that is busy stops reading anywhere, within a line too, and paints what it has. A tenth
 * of what Web Vitals call good (web.dev/articles/cls).
 */
const MOST = 0.01

for (const width of [360, 1440]) {
  for (const [kind, open] of Object.entries(kinds))
    test(`${kind} does not shift at ${width} px while it arrives`, async ({ page, network }) => {
      const shifts = await shiftsOf(page, network, width, open)
      const all = shifts.reduce((sum, { score }) => sum + score, 0)
      expect(all, JSON.stringify(shifts, null, 2)).toBeLessThan(MOST)
    })

  test.describe('tag by tag', () => {
    test.use({ parts: 'tags' })

    test(`what is around each page, and forms, do not shift at ${width} px`, async ({ page, network }) => {
      expect(await shiftsOf(page, network, width, (on) => on.goto('/sign-in'))).toEqual([])
    })
  })
}
