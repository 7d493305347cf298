import type { ClientBase } from 'pg'
import { ALL, MAX_CHANGES } from '@/lib/catalogue/change-log'
import { INDEX_VERSION } from './document'

/** The state of the index, and what is left to index. */

export type IndexWork = {
  /** Whether the index exists. */
  isBuilt: boolean
  /** Whether to rebuild the index. */
  isAll: boolean
  /** Whether entities have changed. */
  isSome: boolean
  /** Whether a rebuild is too much for the site's own process. */
  isMuch: boolean
}

const IS_ALL = `built_at IS NULL OR version < ${INDEX_VERSION} OR EXISTS (SELECT FROM catalogue_change WHERE kind = '${ALL}')`

/** Called often, so it counts nothing. */
export async function pendingWork(client: Pick<ClientBase, 'query'>): Promise<IndexWork> {
  const { rows } = await client.query<IndexWork>(
    `SELECT is_built AS "isBuilt", is_all AS "isAll", EXISTS (SELECT FROM catalogue_change) AS "isSome",
       is_all AND song_count + album_count + artist_count > $1 AS "isMuch"
     FROM (SELECT built_at IS NOT NULL AS is_built, ${IS_ALL} AS is_all FROM search_state) AS state, catalogue`,
    [MAX_CHANGES],
  )
  return rows[0] ?? { isBuilt: false, isAll: false, isSome: false, isMuch: false }
}

export type IndexStatus = {
  /** The time of the last rebuild; null before the first. */
  builtAt: Date | null
  documents: number
  /** Changes that are not indexed yet. */
  pending: number
  bytes: number
}

export async function indexStatus(client: Pick<ClientBase, 'query'>): Promise<IndexStatus> {
  const { rows } = await client.query<IndexStatus>(
    `SELECT built_at AS "builtAt", (SELECT count(*)::int FROM search_document) AS documents,
       (SELECT count(*)::int FROM catalogue_change) AS pending,
       (pg_total_relation_size('search_document') + pg_total_relation_size('search_word'))::float8 AS bytes
     FROM search_state`,
  )
  return rows[0] ?? { builtAt: null, documents: 0, pending: 0, bytes: 0 }
}
