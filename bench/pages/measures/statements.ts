import { findLists, pageOf, someDetailPages } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { CROWD } from '@/bench/pages/scale'
import { type CatalogueSite, dropCaches } from '@/bench/pages/servers/catalogue-site'
import type { Measure } from './measure'

/**
 * Counts PostgreSQL's statements while `work` runs on cold caches, except the site's check for changes to index, which runs
 * soon after caches are dropped.
 */
async function statementsOf(served: CatalogueSite, work: () => Promise<unknown>): Promise<number> {
  await dropCaches(served)
  await served.client.query(
    'SELECT pg_stat_statements_reset(dbid => oid) FROM pg_database WHERE datname = current_database()',
  )
  await work()
  const { rows } = await served.client.query<{ calls: number }>(
    `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements
     JOIN pg_database ON oid = dbid AND datname = current_database()
     WHERE query !~ 'pg_stat_statements|catalogue_change'`,
  )
  return rows[0]?.calls ?? Number.NaN
}

/** Database statements of pages: of one alone, and of one that many clients request concurrently. */
export const measureStatements: Measure = async ({ scale: { rounds, statementPages }, large }) => {
  const lists = await findLists(large.client)
  const pages = {
    list: lists.map((list) => pageOf(list, Math.ceil(list.pages / 2))),
    artist: await someDetailPages(large.client, 'artists', statementPages),
    album: await someDetailPages(large.client, 'albums', statementPages),
    song: await someDetailPages(large.client, 'songs', statementPages),
  }
  const counts: Record<string, number[]> = {}
  for (const [kind, paths] of Object.entries(pages)) {
    counts[kind] = []
    for (const path of paths) counts[kind].push(await statementsOf(large, () => visit(large.origin, [path])))
  }

  const [page = ''] = pages.album
  const alone = await statementsOf(large, () => visit(large.origin, [page]))
  const renderings: number[] = []
  for (let round = 0; round < rounds; round++) {
    const crowd = () => visit(large.origin, Array<string>(CROWD).fill(page), { connections: CROWD })
    renderings.push((await statementsOf(large, crowd)) / alone)
  }
  return [
    ...Object.entries(counts).map(([kind, samples]) => ({
      name: `SQL statements of a cold ${kind} page, maximum of ${samples.length}`,
      unit: '' as const,
      samples,
      by: 'largest' as const,
      target: ['≤', 3] as const,
    })),
    {
      name: `renderings when ${CROWD} clients request one cold page at once`,
      unit: '',
      samples: renderings,
      by: 'largest',
      target: ['≤', 1],
    },
  ]
}
