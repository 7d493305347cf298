import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { test as base, expect } from '@/e2e/fixtures'
import { makeDataDir, removeDataDir, root, Site } from '@/lib/server/testing'

/**
 * A real catalogue, in its own site: what its links lead to is fetched, and a part of it opened in the browser. Of the
 * songs, most of the catalogue and all alike, every tenth is fetched.
 */
const catalogue = path.resolve(root, '..', 'shared/data/chinook/ChinookData.json')

const isLeftOut = (address: string): boolean => Number(/^\/songs\/[^/?]+-(\d+)$/.exec(address)?.[1] ?? 0) % 10 > 0

/** Requests at once. */
const REQUESTS = 8
/** Of each kind of page, how many are opened in the browser: the first one found, and one from the middle. */
const OPENED = 2

// Of the test and not of its worker: tests of other workers would all come first, and this one alone at the end.
const test = base.extend<{ chinook: string }>({
  chinook: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures it depends on named, and it has none
    async ({}, use, testInfo) => {
      testInfo.skip(!existsSync(catalogue), `The catalogue to crawl is not there: ${catalogue}`)
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

test('every link from the home page leads to a page without a fault', async ({ chinook, page, faults }) => {
  test.setTimeout(10 * 60_000)
  const found = await crawl(chinook, faults)
  expect(faults).toEqual([])
  const counts = Object.fromEntries(
    ['artists', 'albums', 'songs', 'genres', 'playlists'].map((kind) => [
      kind,
      found.filter((address) => new RegExp(`^/${kind}/[^/?]+$`).test(address)).length,
    ]),
  )
  expect(counts).toEqual({ artists: 275, albums: 347, songs: 3_503, genres: 25, playlists: 18 })

  // What the API answers is no page.
  for (const address of sample(found.filter((each) => !each.startsWith('/api/v1/')))) {
    await page.goto(chinook + address)
    // The switch of colours can be used once React has taken the page over.
    await page.locator('header button:enabled').waitFor({ timeout: 30_000 })
  }
})

/** Fetches what links lead to, from the home page on. @returns the paths of all links. */
async function crawl(origin: string, faults: string[]): Promise<string[]> {
  const found = new Set(['/'])
  const waiting = ['/']
  const visit = async (address: string) => {
    const response = await fetch(origin + address, { redirect: 'manual' })
    const html = await response.text()
    if (response.status !== 200 && !isForMembers(response)) faults.push(`${response.status} ${address}`)
    for (const link of linksOf(html, origin + address))
      if (!found.has(link)) {
        found.add(link)
        if (!isLeftOut(link)) waiting.push(link)
      }
  }
  while (waiting.length > 0) await Promise.all(waiting.splice(0, REQUESTS).map(visit))
  return [...found]
}

/** What is of somebody who is signed in leads others to where they do so. */
const isForMembers = ({ status, headers }: Response): boolean =>
  status === 307 && /^(?:https?:\/\/[^/]+)?\/sign-in(?:\?|$)/.test(headers.get('location') ?? '')

/** Where the links of a page lead within the site. */
function linksOf(html: string, address: string): string[] {
  const links = [...html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)].map((match) => match[1]?.replaceAll('&amp;', '&') ?? '')
  return links
    .map((href) => new URL(href, address))
    .filter((url) => url.origin === new URL(address).origin)
    .map((url) => url.pathname + url.search)
}

/** Some addresses of each kind, by what is left of a path when names and numbers are taken away. */
function sample(addresses: string[]): string[] {
  const kinds = new Map<string, string[]>()
  for (const address of addresses) kinds.set(kindOf(address), [...(kinds.get(kindOf(address)) ?? []), address])
  return [...kinds.values()].flatMap((kind) => {
    const step = Math.max(1, Math.floor(kind.length / OPENED))
    return kind.filter((_, index) => index % step === 0).slice(0, OPENED)
  })
}

const kindOf = (address: string): string =>
  address.replace(/[^/]*-\d+(?=[/?]|$)/, ':ref').replace(/page=\d+/, 'page=:n')

async function importCatalogue(dataDir: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/syro.ts', 'import', 'chinook', catalogue], {
    cwd: root,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, SYRO_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
}
