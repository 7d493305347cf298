import { albumOrders, artistOrders, type Order, songOrders } from '@/lib/catalogue/lists/orders'
import { pageSizes } from '@/lib/catalogue/lists/sorts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { files } from './tabs'

/** A divider of the A–Z jump ("a", "0", "Greek") and the page of the list, in order of name or title, where it begins. */
export type LetterPage = { letter: string; page: number }

/** Beyond any key: the largest code point. */
const LAST = '\u{10FFFF}'
const starts = files.map(({ start }) => start)
const lettered = {
  artists: { order: artistOrders.name, size: pageSizes.artists },
  albums: { order: albumOrders.title, size: pageSizes.albums },
  songs: { order: songOrders.title, size: pageSizes.songs },
} as const

export type LetteredList = keyof typeof lettered

/** What leads into a list: its dividers, and whether its things differ in popularity. */
export type WaysIn = { letters: LetterPage[]; isRanked: boolean }

export const findWaysIn = (list: LetteredList): Promise<WaysIn> => waysInto(lettered[list].order, lettered[list].size)

/** Whether some things are more popular than others; where all tie, an order by popularity says nothing. Two index reads. */
export const isRanked = (rows: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`coalesce((SELECT max(popularity) > min(popularity) FROM ${rows}), false)`

/** Whether songs are ranked. */
export async function findRanking(): Promise<{ isRanked: boolean }> {
  const rows = await db().$queryRaw<{ isRanked: boolean }[]>`SELECT ${isRanked(Prisma.sql`song`)} AS "isRanked"`
  return { isRanked: rows[0]?.isRanked ?? false }
}

/** What is read of a divider: its place among `files`, and how many rows are before it. */
export type LetterRow = { file: number; before: bigint | number; isRanked: boolean }

/** The ways into a list in the order of its sort key; only the dividers it has. One statement. */
export const waysInto = async (order: Order, pageSize: number): Promise<WaysIn> =>
  toWaysIn(await db().$queryRaw<LetterRow[]>(letterRows(order)), pageSize)

export const toWaysIn = (rows: LetterRow[], pageSize: number): WaysIn => ({
  letters: rows.flatMap(({ file, before }) => {
    const divider = files[file - 1]
    return divider ? { letter: divider.name, page: Math.floor(Number(before) / pageSize) + 1 } : []
  }),
  isRanked: rows[0]?.isRanked ?? false,
})

/** The rows before a divider are those before the nearest anchor, and those of the index from there. */
export const letterRows = (order: Order): Prisma.Sql => Prisma.sql`
  SELECT file.at::int AS file, coalesce(anchor.before, 0) + (
      SELECT count(*) FROM ${order.table}
      WHERE (sort_key, id) >= (coalesce(anchor.text_key, ''), coalesce(anchor.row_id, 0)) AND sort_key < start
    ) AS before, ${isRanked(order.table)} AS "isRanked"
  FROM unnest(${starts}::text[], ${[...starts.slice(1), LAST]}::text[]) WITH ORDINALITY AS file (start, next, at)
  LEFT JOIN LATERAL (
    SELECT before, text_key, row_id FROM list_anchor
    WHERE list = ${order.list} AND text_key < start ORDER BY before DESC LIMIT 1) AS anchor ON true
  WHERE EXISTS (SELECT FROM ${order.table} WHERE sort_key >= start AND sort_key < next)
  ORDER BY file.at`
