import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { test as base, expect } from '@/e2e/fixtures'
import { makeDataDir, removeDataDir, root, Site } from '@/lib/server/testing'

/** Crawls a site of its own with a real catalogue: fetches its pages, and opens some of each kind in the browser. */
const catalogue = path.resolve(root, '..', 'shared/data/chinook/ChinookData.json')

/**
 * One of this many detail pages is fetched, and one of this many further pages of a list: they are all alike. The lists of
 * the catalogue in their default order are fetched whole, and lead to everything.
 */
const sampling: Record<string, number> = { artists: 4, albums: 4, songs: 40 }
const PAGE_SAMPLING = 5

/** Concurrent requests. */
const REQUESTS = 8
/** Pages of each kind that are opened in the browser: the first, and one from the middle. */
const OPENED = 2

// A test-scoped fixture: with a worker-scoped one, this test would run alone, after all others.
const test = base.extend<{ chinook: string }>({
  chinook: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright requires the pattern, and this fixture uses no other
    async ({}, use, testInfo) => {
      testInfo.skip(!existsSync(catalogue), `The catalogue to crawl is missing: ${catalogue}`)
      const dataDir = await makeDataDir()
      const site = Site.start(dataDir)
      const address = await site.address()
      await importCatalogue(dataDir)
      await use(address)
      await site.stop()
      await removeDataDir(dataDir)
    },
    { timeout: 180_000 },
  ],
})

test('every link from the home page leads to a page without a fault', { tag: '@writes' }, async ({
  chinook,
  page,
  faults,
}) => {
  test.setTimeout(5 * 60_000)
  const links = await crawl(chinook, faults)
  expect(faults).toEqual([])
  const counts = Object.fromEntries(
    ['artists', 'albums', 'songs', 'genres', 'playlists'].map((list) => [
      list,
      links.filter((link) => new RegExp(`^/${list}/[^/?]+$`).test(link)).length,
    ]),
  )
  expect(counts).toEqual({ artists: 275, albums: 347, songs: 3_503, genres: 25, playlists: 18 })

  // Responses of the API are not pages.
  for (const link of sample(links.filter((each) => !each.startsWith('/api/v1/')))) {
    await page.goto(chinook + link)
    // The theme switch is enabled once React has hydrated the page.
    await page.locator('header button:enabled').waitFor({ timeout: 30_000 })
  }
})

function isFetched(link: string): boolean {
  const [, kind = '', id] = /^\/(\w+)\/[^/?]+-(\d+)$/.exec(link) ?? []
  if (id) return Number(id) % (sampling[kind] ?? 1) === 0
  const page = /[?&]page=(\d+)/.exec(link)?.[1] ?? 0
  return Number(page) % PAGE_SAMPLING === 0 || /^\/\w+\?page=\d+$/.test(link)
}

/** Fetches the home page and everything that it leads to. @returns the paths of all links. */
async function crawl(origin: string, faults: string[]): Promise<string[]> {
  const found = new Set(['/'])
  const queue = ['/']
  const visit = async (link: string) => {
    const response = await fetch(origin + link, { redirect: 'manual' })
    const html = await response.text()
    if (response.status !== 200 && !redirectsToSignIn(response)) faults.push(`${response.status} ${link}`)
    for (const next of linksOf(html, origin + link))
      if (!found.has(next)) {
        found.add(next)
        if (isFetched(next)) queue.push(next)
      }
  }
  const work = async () => {
    for (let link = queue.shift(); link !== undefined; link = queue.shift()) await visit(link)
  }
  // The first pages fill the queue for the others.
  await visit(queue.shift() ?? '/')
  await Promise.all(Array.from({ length: REQUESTS }, work))
  await work()
  return [...found]
}

const redirectsToSignIn = ({ status, headers }: Response): boolean =>
  status === 307 && /^(?:https?:\/\/[^/]+)?\/sign-in(?:\?|$)/.test(headers.get('location') ?? '')

/** The paths of the links of a page within the site. */
function linksOf(html: string, address: string): string[] {
  const links = [...html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)].map((match) => match[1]?.replaceAll('&amp;', '&') ?? '')
  return links
    .map((href) => new URL(href, address))
    .filter((url) => url.origin === new URL(address).origin)
    .map((url) => url.pathname + url.search)
}

/** Some links of each kind. */
function sample(links: string[]): string[] {
  const kinds = new Map<string, string[]>()
  for (const link of links) kinds.set(kindOf(link), [...(kinds.get(kindOf(link)) ?? []), link])
  return [...kinds.values()].flatMap((kind) => {
    const step = Math.max(1, Math.floor(kind.length / OPENED))
    return kind.filter((_, index) => index % step === 0).slice(0, OPENED)
  })
}

/** The kind of a link: its path without names and numbers. */
const kindOf = (link: string): string =>
  link
    .replace(/[^/]*-\d+(?=[/?]|$)/, ':ref')
    .replace(/^\/genres\/[^/?]+/, '/genres/:slug')
    .replace(/page=\d+/, 'page=:n')

async function importCatalogue(dataDir: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/syro.ts', 'import', 'chinook', catalogue], {
    cwd: root,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, SYRO_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
}
