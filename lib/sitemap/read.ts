import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql } = Prisma

/** URLs in a file, at most, as sitemaps.org has it. A part holds a range of so many ids, so it can't have more. */
const PART = 50_000

/** Ids looked through at a time. */
const CHUNK = 5_000

/** What has a page of its own for each row, and what its address is made of. */
const tables = {
  artists: { from: sql`artist`, title: sql`name`, updatedAt: sql`updated_at` },
  albums: { from: sql`album`, title: sql`title`, updatedAt: sql`updated_at` },
  songs: { from: sql`song`, title: sql`title`, updatedAt: sql`updated_at` },
  playlists: { from: sql`playlist`, title: sql`name`, updatedAt: sql`updated_at` },
  genres: { from: sql`genre`, title: sql`slug`, updatedAt: sql`NULL::timestamptz` },
} satisfies Record<string, Record<'from' | 'title' | 'updatedAt', Prisma.Sql>>

export type Kind = keyof typeof tables
export const kinds: readonly Kind[] = ['artists', 'albums', 'songs', 'playlists', 'genres']

/** A part of a kind, counted from 1: the ids after `(part - 1) * PART` up to `part * PART`. */
export type Part = { kind: Kind; part: number }

/** The title is a genre's slug. */
export type Entry = { id: number; title: string; updatedAt: Date | null }

/**
 * The parts that have any rows. The last ends beyond PostgreSQL's integers, hence the bigints.
 * One statement; an index probe for each part, whatever it holds.
 */
export async function findParts(): Promise<Part[]> {
  const parts = kinds.map((kind) => {
    const { from } = tables[kind]
    return sql`
      SELECT ${kind} AS kind, part::int
      FROM generate_series(1, (SELECT (max(id)::bigint - 1) / ${PART} + 1 FROM ${from})) part
      WHERE EXISTS (SELECT FROM ${from} WHERE id > (part - 1) * ${PART} AND id <= part * ${PART})`
  })
  return db().$queryRaw<Part[]>`${Prisma.join(parts, ' UNION ALL ')}`
}

/** The rows of a part in the order of their ids, a few thousand at a time. */
export async function* findEntries({ kind, part }: Part): AsyncGenerator<Entry[]> {
  const { from, title, updatedAt } = tables[kind]
  const end = part * PART
  for (let after = end - PART; after < end; after += CHUNK) {
    const entries = await db().$queryRaw<Entry[]>`
      SELECT id, ${title} AS title, ${updatedAt} AS "updatedAt" FROM ${from}
      WHERE id > ${after}::bigint AND id <= ${after + CHUNK}::bigint ORDER BY id`
    if (entries.length > 0) yield entries
  }
}
