import { test as base, expect, type Page } from '@playwright/test'
import AxeSource from 'axe-core'

/**
 * What every test of the site has: a page on which anything that went wrong fails the test. React tells of a mismatch
 * between server and browser in the console, so that is watched too.
 */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ page }, use) => {
      const faults: string[] = []
      watch(page, faults)
      await use(faults)
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** Writes down what goes wrong on `page`: errors, complaints in the console, failed requests, calls to other hosts. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // The browser reports the status of the page itself, which some tests ask for.
    const isStatus = message.text().startsWith('Failed to load resource')
    if ((message.type() === 'error' || message.type() === 'warning') && !isStatus)
      faults.push(`${page.url()}: ${message.text()}`)
  })
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest()
    if (response.status() >= (isPage ? 500 : 400)) faults.push(`${response.status()} ${response.url()}`)
  })
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && !['localhost', '127.0.0.1'].includes(hostname))
      faults.push(`${page.url()} called ${request.url()}`)
  })
}

/**
 * Waits until scripts have taken the page over: keys do nothing before. React marks the elements that it has taken over,
 * and its effects have run when the browser has nothing left to do.
 */
export async function takenOver(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('dialog') ?? {}).some((key) => key.startsWith('__reactFiber')),
  )
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
}

export type Shift = { score: number; moved: string[] }

/**
 * Watches what shifts on the pages that are opened from now on.
 * @returns what tells of each shift of the page shown its score (Layout Instability API) and what moved: element, text, from
 *   where to where.
 */
export async function watchShifts(page: Page): Promise<() => Promise<Shift[]>> {
  await page.addInitScript(() => {
    Object.assign(globalThis, { shifts: [] })
    type Source = { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }
    const tell = ({ node, previousRect, currentRect }: Source) => {
      const element = node instanceof Element ? node : node?.parentElement
      const name = element && [element.localName, ...element.classList].join('.')
      const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`
      return `${name} "${node?.textContent?.slice(0, 40)}" ${place(previousRect)} → ${place(currentRect)}`
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: Source[] })[])
        Reflect.get(globalThis, 'shifts').push({ score: entry.value, moved: entry.sources.map(tell) })
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () => page.evaluate(() => Reflect.get(globalThis, 'shifts'))
}

/** The accessibility faults that axe sees on the page, as "rule: element". @param rules those that matter; else all. */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(AxeSource.source)
  return page.evaluate(
    async (runOnly) => {
      const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'], ...runOnly })
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
    },
    rules ? { runOnly: rules } : {},
  )
}

declare global {
  var axe: typeof AxeSource
}
