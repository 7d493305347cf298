import { dependOn } from '@/lib/cache/dependencies/recorder'
import { dependOnList } from '@/lib/catalogue/lists/dependencies'
import { albumOrders, artistOrders, type Order, songOrders } from '@/lib/catalogue/lists/orders'
import { pageSizes } from '@/lib/catalogue/lists/sorts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { tabs } from './tabs'

/** A tab of the A–Z bar ("a", "0", "Greek") and the page on which it begins, sorted by name or title. */
export type LetterPage = { letter: string; page: number }

/** Sorts after any key: the largest code point. */
const LAST = '\u{10FFFF}'
const starts = tabs.map(({ start }) => start)
const letteredLists = {
  artists: { order: artistOrders.name, size: pageSizes.artists },
  albums: { order: albumOrders.title, size: pageSizes.albums },
  songs: { order: songOrders.title, size: pageSizes.songs },
} as const

export type LetteredList = keyof typeof letteredLists

/** The navigation of a list: its tabs, and whether sorting by popularity makes sense. */
export type ListNavigation = { letters: LetterPage[]; isRanked: boolean }

export const findListNavigation = (list: LetteredList): Promise<ListNavigation> =>
  readNavigation(letteredLists[list].order, letteredLists[list].size)

/** Whether rows differ in popularity; if all tie, sorting by it makes no sense. Two index reads. */
export const isRanked = (rows: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`coalesce((SELECT max(popularity) > min(popularity) FROM ${rows}), false)`

/** Whether songs are ranked. */
export async function findRanking(): Promise<{ isRanked: boolean }> {
  dependOn('songs.popular')
  const rows = await db().$queryRaw<{ isRanked: boolean }[]>`SELECT ${isRanked(Prisma.sql`song`)} AS "isRanked"`
  return { isRanked: rows[0]?.isRanked ?? false }
}

/** A tab by its number, from 1, and the number of rows before it. */
export type LetterRow = { tab: number; before: bigint | number; isRanked: boolean }

/** The navigation of a list, with only the tabs that have rows. One statement. */
export async function readNavigation(order: Order, pageSize: number): Promise<ListNavigation> {
  dependOnNavigation(order)
  return toNavigation(await db().$queryRaw<LetterRow[]>(letterRows(order)), pageSize)
}

/** The first pages of letters follow the order by name, and ranking the popularity. */
export function dependOnNavigation(order: Order): void {
  dependOnList({ order, where: [] })
  const [kind = ''] = order.list.split('.')
  dependOn(`${kind}.popular` as 'albums.popular')
}

export const toNavigation = (rows: LetterRow[], pageSize: number): ListNavigation => ({
  letters: rows.flatMap(({ tab: number, before }) => {
    const tab = tabs[number - 1]
    return tab ? { letter: tab.name, page: Math.floor(Number(before) / pageSize) + 1 } : []
  }),
  isRanked: rows[0]?.isRanked ?? false,
})

/** The rows before a tab are counted from the nearest anchor. */
export const letterRows = (order: Order): Prisma.Sql => Prisma.sql`
  SELECT tab.at::int AS tab, coalesce(anchor.before, 0) + (
      SELECT count(*) FROM ${order.table}
      WHERE (sort_key, id) >= (coalesce(anchor.text_key, ''), coalesce(anchor.row_id, 0)) AND sort_key < start
    ) AS before, ${isRanked(order.table)} AS "isRanked"
  FROM unnest(${starts}::text[], ${[...starts.slice(1), LAST]}::text[]) WITH ORDINALITY AS tab (start, next, at)
  LEFT JOIN LATERAL (
    SELECT before, text_key, row_id FROM list_anchor
    WHERE list = ${order.list} AND text_key < start ORDER BY before DESC LIMIT 1) AS anchor ON true
  WHERE EXISTS (SELECT FROM ${order.table} WHERE sort_key >= start AND sort_key < next)
  ORDER BY tab.at`
