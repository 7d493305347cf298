import { dependOn } from '@/lib/cache/dependencies/recorder'
import { entityKinds } from '@/lib/catalogue/kinds'
import { Prisma } from '@/lib/db/generated/client'
import { queryWithin } from '@/lib/db/time-limit'
import type { Identifier } from '@/lib/search/text/identifier'
import { type Kind, kinds } from '@/lib/search/text/parse'
import { BOUNDS, type Hit } from './hits'

const { sql, raw, join } = Prisma

/** The maximum number of entities of a kind for one id. */
const MAX_PER_KIND = 25

/** The entities that a source knows by this id, in the order of their kinds. */
export async function findByExternalId({ source, value }: Identifier): Promise<Hit[]> {
  const parts = entityKinds.map((kind) => {
    const [table, id] = [raw(`${kind}_external_id`), raw(`${kind}_id`)]
    return sql`(SELECT ${kind} AS kind, ${id} AS id FROM ${table} WHERE source = ${source} AND value = ${value} LIMIT ${raw(String(MAX_PER_KIND))})`
  })
  for (const kind of ['artists', 'albums', 'songs', 'playlists'] as const) dependOn(`${kind}.filtered`)
  const rows = await queryWithin<{ kind: Kind; id: number }>(sql`${join(parts, ' UNION ALL ')}`, BOUNDS)
  return rows.map(({ kind, id }) => ({ kind, id, tier: 0, score: 0, part: 0, value: '' }))
}

/** The hits of the chosen kinds; all hits if none is chosen. */
export const ofKinds = (hits: Hit[], chosen: number[] = []): Hit[] =>
  chosen.length === 0 ? hits : hits.filter(({ kind }) => chosen.includes(kinds.indexOf(kind)))
