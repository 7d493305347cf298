import { type APIRequestContext, test as base, expect, type Page } from '@playwright/test'
import AxeSource from 'axe-core'

/**
 * A test whose page must have no fault: no error, no console message, no failed request. React reports a mismatch between
 * server and browser in the console.
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

/** The hosts that pages may call: the site, and the proxies that tests put before it. */
const hosts = ['localhost', '127.0.0.1', new URL(process.env.SYRO_URL ?? 'http://localhost').hostname]

/** Adds the faults of `page` to a list: errors, console messages, failed requests, calls to other hosts. */
function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // Reports the status of the page itself. Some tests open a 404.
    const isStatus = message.text().startsWith('Failed to load resource')
    // A prefetched page may never be opened. Only slow machines report it in time.
    const isUnusedPrefetch = message
      .text()
      .includes('was preloaded using link preload but not used within a few seconds')
    if ((message.type() === 'error' || message.type() === 'warning') && !isStatus && !isUnusedPrefetch)
      faults.push(`${page.url()}: ${message.text()}`)
  })
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest()
    if (response.status() >= (isPage ? 500 : 400)) faults.push(`${response.status()} ${response.url()}`)
  })
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && !hosts.includes(hostname)) faults.push(`${page.url()} called ${request.url()}`)
  })
}

/**
 * Waits for hydration: keys do nothing before. React marks the elements that it hydrated, and its effects have run once the
 * browser is idle.
 */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('dialog') ?? {}).some((key) => key.startsWith('__reactFiber')),
  )
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
}

export type Shift = { score: number; moved: string[] }

/**
 * Records layout shifts on the pages opened from now on.
 * @returns a function that lists the shifts of the current page: score (Layout Instability API) and moved elements.
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

/** The page's accessibility faults according to axe, as "rule: element". @param rules limits the check to these. */
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

/** The name of the catalogue's most popular artist. */
export async function popularArtist(request: APIRequestContext): Promise<string> {
  const { items } = await (await request.get('/api/v1/artists?sort=popular&limit=1&fields=name')).json()
  test.skip(items.length === 0, 'The catalogue has no artists')
  return String(items[0].name)
}
