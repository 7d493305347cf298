import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '@/bench/figures'
import { findLists, someDetailPages, someListPages } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import type { Scale } from '@/bench/pages/scale'
import type { Served } from '@/bench/pages/servers/catalogue'
import { median } from '@/bench/statistics'
import type { Lifetime } from '@/lib/lifetime'
import { removeDataDir, Site } from '@/lib/server/testing'

/** Pages of a site with slow sources, compared with one without sources: no page waits for a source. */

const SLOW_MS = 5_000

/** A source that responds slowly with "not found". */
async function startSlow(lifetime: Lifetime): Promise<{ url: string; asked: () => number }> {
  let asked = 0
  const server = createServer(async (_request, response) => {
    asked += 1
    await delay(SLOW_MS)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"artists":[],"release-groups":[]}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  lifetime.onEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It has no port')
  return { url: `http://127.0.0.1:${address.port}`, asked: () => asked }
}

/** @param served a site without sources. */
export async function measureSlowSources(
  { origin, databaseUrl, client }: Served,
  directory: string,
  { rounds, coldPages }: Scale,
  lifetime: Lifetime,
): Promise<Figure[]> {
  const source = await startSlow(lifetime)
  const dataDir = `${directory}/slow`
  const site = Site.start(dataDir, {
    DATABASE_URL: databaseUrl,
    SYRO_DATA_DIR: dataDir,
    S3_BUCKET: '',
    ENRICHMENT: 'musicbrainz,coverart',
    ENRICHMENT_CONTACT: 'bench@example.com',
    MUSICBRAINZ_URL: source.url,
    MUSICBRAINZ_RATE: '100',
    COVERART_URL: source.url,
    COVERART_RATE: '100',
  })
  lifetime.onEnd(async () => {
    await site.stop('SIGKILL')
    await removeDataDir(dataDir)
  })
  const slow = await site.address()
  const lists = await someListPages(await findLists(client), rounds * coldPages, 2)
  const albums = await someDetailPages(client, 'albums', rounds * coldPages)
  const paths = lists.flatMap((list, index) => [list, ...albums.slice(index, index + 1)])
  const each = Math.floor(paths.length / rounds)
  const ask = (from: string) => async (round: number) =>
    median((await visit(from, paths.slice(round * each, (round + 1) * each))).ms)
  for (const from of [origin, slow]) await visit(from, ['/', '/albums', '/songs', '/artists', '/genres'])
  const found = await inTurns(rounds, { without: ask(origin), slow: ask(slow) })
  const what = `cold page, median`
  return [
    { what: `${what}, without sources`, unit: 'ms', samples: found.without },
    { what: `${what}, sources answer after ${SLOW_MS / 1_000} s`, unit: 'ms', samples: found.slow },
    {
      what: `${what}, slow sources against none`,
      unit: '×',
      samples: ratios(found.slow, found.without),
      target: ['≤', 1.2],
    },
    { what: 'what slow sources were asked meanwhile', unit: '', samples: [source.asked()] },
  ]
}
