import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, spawnSyroIn } from '@/bin/testing'
import { eventually } from '@/lib/db/testing/eventually'
import { build, isBuilt } from '@/lib/server/build'
import { makeDataDir, removeDataDir, root, Site } from '@/lib/server/testing'
import { failures, OutsideServer } from './testing/server'

/** A whole site: its requests to sources. No page waits for them. */

/** It never responds: pages queue their data and don't wait. */
const server = await OutsideServer.start(failures.hang)
let dataDir: string

const PAGES = ['/', '/artists', '/albums', '/artists/1', '/albums/1', '/api/v1/albums?limit=25', '/api/v1/artists/1']

beforeAll(async () => {
  if (!(await isBuilt(root))) await build(root, new AbortController().signal)
  dataDir = await makeDataDir()
})
afterAll(() => removeDataDir(dataDir))

const statuses = async (address: string) => Promise.all(PAGES.map(async (path) => (await fetch(address + path)).status))
const all200 = PAGES.map(() => 200)

const sources = {
  ENRICHMENT_CONTACT: 'ada@example.com',
  MUSICBRAINZ_URL: server.url,
  MUSICBRAINZ_RATE: '100',
  COVERART_URL: server.url,
  COVERART_RATE: '100',
}

test('a site sends no request unless sources are enabled, and no page waits for one', async () => {
  const off = Site.start(dataDir, sources)
  const offAddress = await off.address()
  expect(await endOf(spawnSyroIn(dataDir, 'import', 'synthetic', '--songs', '20'))).toMatchObject({ code: 0 })
  expect(await statuses(offAddress)).toEqual(all200)
  expect((await off.stop()).code).toBe(0)
  expect(server.requests).toEqual([])

  const on = Site.start(dataDir, { ...sources, ENRICHMENT: 'musicbrainz' })
  const address = await on.address()
  expect(await statuses(address)).toEqual(all200)
  await eventually(() => expect(server.requests.length).toBeGreaterThan(0))
  expect(await statuses(address)).toEqual(all200)
  // The request still hangs. A site that waited for it would be killed, and its exit code would not be 0.
  expect((await on.stop()).code).toBe(0)
})
