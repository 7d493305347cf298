import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '@/bench/figures'
import { findLists, someDetailPages, someListPages } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { inTurns, ratios } from '@/bench/pages/measures/measure'
import type { Scale } from '@/bench/pages/scale'
import type { CatalogueSite } from '@/bench/pages/servers/catalogue-site'
import { startSite } from '@/bench/pages/servers/site'
import { median } from '@/bench/statistics'
import type { Lifetime } from '@/lib/lifetime'

/** Pages of a site with slow sources, compared with one without sources: no page waits for a source. */

const SLOW_MS = 5_000

/** A source that responds slowly with "not found". */
async function startSlowSource(lifetime: Lifetime): Promise<{ url: string; requests: () => number }> {
  let requests = 0
  const server = createServer(async (_request, response) => {
    requests += 1
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
  return { url: `http://127.0.0.1:${address.port}`, requests: () => requests }
}

/** @param served a site without sources. */
export async function measureSlowSources(
  { origin, databaseUrl, client }: CatalogueSite,
  directory: string,
  { rounds, coldPages }: Scale,
  lifetime: Lifetime,
): Promise<Figure[]> {
  const source = await startSlowSource(lifetime)
  const dataDir = `${directory}/slow`
  const site = startSite(lifetime, dataDir, {
    DATABASE_URL: databaseUrl,
    ENRICHMENT: 'musicbrainz,coverart',
    ENRICHMENT_CONTACT: 'bench@example.com',
    MUSICBRAINZ_URL: source.url,
    MUSICBRAINZ_RATE: '100',
    COVERART_URL: source.url,
    COVERART_RATE: '100',
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
  const name = `cold page, median`
  return [
    { name: `${name}, without sources`, unit: 'ms', samples: found.without },
    { name: `${name}, sources answer after ${SLOW_MS / 1_000} s`, unit: 'ms', samples: found.slow },
    {
      name: `${name}, slow sources compared with none`,
      unit: '×',
      samples: ratios(found.slow, found.without),
      target: ['≤', 1.2],
    },
    { name: 'requests to slow sources meanwhile', unit: '', samples: [source.requests()] },
  ]
}
