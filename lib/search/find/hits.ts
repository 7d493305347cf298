import { hash } from 'node:crypto'
import { dependOn } from '@/lib/cache/dependencies/recorder'
import type { Prisma } from '@/lib/db/generated/client'
import { queryWithin } from '@/lib/db/time-limit'
import type { IndexQuery } from './index-query'
import type { HitPosition, HitRange, Sort } from './order'
import { facetsStatement, hitsStatement } from './statement'

/** The bounds of each statement. A sequential scan would read the whole index. */
export const BOUNDS = {
  timeout: 1_000,
  tooLong: 'This search takes too long. Try a more specific one.',
  settings: 'SET LOCAL enable_seqscan = off',
}

/** Counting uses the index of words. For common words the planner would choose an index in the order of keys. */
export const COUNTING = `${BOUNDS.settings}; SET LOCAL enable_indexscan = off`

/**
 * Named prepared statements: planning costs as much as running, and there are only a few dozen shapes. The generic plan
 * uses the index of words, which is right for all but the most common words.
 */
const queryPrepared = <Row extends object>(statement: Prisma.Sql, settings: string): Promise<Row[]> =>
  queryWithin(
    statement,
    { ...BOUNDS, settings: `${settings}; SET LOCAL plan_cache_mode = force_generic_plan` },
    `search ${hash('sha1', statement.text, 'base64url')}`,
  )

/** An entity that matches, with its tier (0 is best) and its position. */
export type Hit = HitPosition & { tier: number; score: number }

/** @param left stops the statement. */
export async function findHits(query: IndexQuery, sort: Sort, range: HitRange, left?: AbortSignal): Promise<Hit[]> {
  dependOn('search')
  const statement = hitsStatement(query, sort, range)
  if (!statement) return []
  // By date, the best plan depends on the words: an index of dates for common words, the index of words for rare ones.
  const isPlanned = sort === 'newest' || range.cursor !== undefined
  const hits = await (isPlanned
    ? queryWithin<Hit>(statement, { ...BOUNDS, left })
    : queryPrepared<Hit>(statement, BOUNDS.settings))
  return range.cursor?.side === 'before' ? hits.toReversed() : hits
}

/** The facets of the hits, for `tally`. @param maxDocuments documents to read, the most popular first. */
export async function readFacets(query: IndexQuery, maxDocuments: number): Promise<Buffer> {
  dependOn('search')
  const statement = facetsStatement(query, maxDocuments)
  const rows = statement ? await queryPrepared<{ documents: Buffer | null }>(statement, COUNTING) : []
  return rows[0]?.documents ?? Buffer.alloc(0)
}
