import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

const { sql } = Prisma

/** The maximum number of URLs in a file, from sitemaps.org. A part covers this many ids, so it never has more. */
const PART_SIZE = 50_000

/** Ids per statement. */
const CHUNK_SIZE = 5_000

/** The tables whose rows have pages, and the columns of their addresses. */
const tables = {
  artists: { from: sql`artist`, title: sql`name`, updatedAt: sql`updated_at` },
  albums: { from: sql`album`, title: sql`title`, updatedAt: sql`updated_at` },
  songs: { from: sql`song`, title: sql`title`, updatedAt: sql`updated_at` },
  playlists: { from: sql`playlist`, title: sql`name`, updatedAt: sql`updated_at` },
  genres: { from: sql`genre`, title: sql`slug`, updatedAt: sql`NULL::timestamptz` },
} satisfies Record<string, Record<'from' | 'title' | 'updatedAt', Prisma.Sql>>

export type Kind = keyof typeof tables
export const kinds: readonly Kind[] = ['artists', 'albums', 'songs', 'playlists', 'genres']

/** A part of a kind, counted from 1: the ids after `(part - 1) * PART_SIZE` up to `part * PART_SIZE`. */
export type SitemapPart = { kind: Kind; part: number }

/** A page. A genre has its slug as the title. */
export type SitemapEntry = { id: number; title: string; updatedAt: Date | null }

/**
 * The parts that have rows. One statement probes an index once for each part. It uses bigint, because the last part ends
 * beyond PostgreSQL's integers.
 */
export async function findParts(): Promise<SitemapPart[]> {
  const parts = kinds.map((kind) => {
    const { from } = tables[kind]
    return sql`
      SELECT ${kind} AS kind, part::int
      FROM generate_series(1, (SELECT (max(id)::bigint - 1) / ${PART_SIZE} + 1 FROM ${from})) part
      WHERE EXISTS (SELECT FROM ${from} WHERE id > (part - 1) * ${PART_SIZE} AND id <= part * ${PART_SIZE})`
  })
  return db().$queryRaw<SitemapPart[]>`${Prisma.join(parts, ' UNION ALL ')}`
}

/** The rows of a part by id, in chunks. */
export async function* findEntries({ kind, part }: SitemapPart): AsyncGenerator<SitemapEntry[]> {
  const { from, title, updatedAt } = tables[kind]
  const end = part * PART_SIZE
  for (let after = end - PART_SIZE; after < end; after += CHUNK_SIZE) {
    const entries = await db().$queryRaw<SitemapEntry[]>`
      SELECT id, ${title} AS title, ${updatedAt} AS "updatedAt" FROM ${from}
      WHERE id > ${after}::bigint AND id <= ${after + CHUNK_SIZE}::bigint ORDER BY id`
    if (entries.length > 0) yield entries
  }
}
