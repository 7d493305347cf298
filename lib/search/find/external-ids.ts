import { entityKinds } from '@/lib/catalogue/kinds'
import { Prisma } from '@/lib/db/generated/client'
import { queryWithin } from '@/lib/db/time-limit'
import type { Identifier } from '@/lib/search/text/identifier'
import { type Kind, kinds } from '@/lib/search/text/parse'
import type { Hit } from './hits'

const { sql, raw, join } = Prisma

/** The most entities of a kind that one id may name. */
const MOST_OF_KIND = 25

const BOUNDS = { timeout: 1_000, tooLong: 'This takes too long to find.', settings: 'SET LOCAL enable_seqscan = off' }

/** The things that a source knows by this id, in the order of their kinds. */
export async function findIdentified({ source, value }: Identifier): Promise<Hit[]> {
  const parts = entityKinds.map((kind) => {
    const [table, id] = [raw(`${kind}_external_id`), raw(`${kind}_id`)]
    return sql`(SELECT ${kind} AS kind, ${id} AS id FROM ${table} WHERE source = ${source} AND value = ${value} LIMIT ${raw(String(MOST_OF_KIND))})`
  })
  const found = await queryWithin<{ kind: Kind; id: number }>(sql`${join(parts, ' UNION ALL ')}`, BOUNDS)
  return found.map(({ kind, id }) => ({ kind, id, tier: 0, score: 0, part: 0, value: '' }))
}

/** The hits among those of the chosen kinds; all of them where none is chosen. */
export const ofKinds = (hits: Hit[], chosen: number[] = []): Hit[] =>
  chosen.length === 0 ? hits : hits.filter(({ kind }) => chosen.includes(kinds.indexOf(kind)))
