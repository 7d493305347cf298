import { albumOrders, artistOrders, type Order, songOrders } from '@/lib/catalogue/anchors/orders'
import { pageSizes } from '@/lib/catalogue/lists'
import { initialOf } from '@/lib/catalogue/sort-key'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

/** A letter of the A–Z jump and the page of the list, in order of name or title, where it begins. */
export type LetterPage = { letter: string; page: number }

/** Where each file of the shelf begins: the numbers and signs, the letters, and "{", the byte after "z". */
const STARTS = ['', ...'abcdefghijklmnopqrstuvwxyz', '{']
/** Beyond any key: the largest code point. */
const LAST = '\u{10FFFF}'
const lettered = {
  artists: { order: artistOrders.name, size: pageSizes.artists },
  albums: { order: albumOrders.title, size: pageSizes.albums },
  songs: { order: songOrders.title, size: pageSizes.songs },
} as const

export type LetteredList = keyof typeof lettered

export const findLetterPages = (list: LetteredList): Promise<LetterPage[]> =>
  letterPagesOf(lettered[list].order, lettered[list].size)

/** What is read of a letter: the first key that begins with it, and how many rows are before it. */
export type LetterRow = { key: string; before: bigint | number }

/** The A–Z jump of a list in the order of its sort key; only the letters it has. One statement. */
export const letterPagesOf = async (order: Order, pageSize: number): Promise<LetterPage[]> =>
  toLetterPages(await db().$queryRaw<LetterRow[]>(letterRows(order)), pageSize)

export const toLetterPages = (rows: LetterRow[], pageSize: number): LetterPage[] =>
  rows.map(({ key, before }) => ({ letter: initialOf(key), page: Math.floor(Number(before) / pageSize) + 1 }))

/** The rows before a letter are those before the nearest anchor, and those of the index from there. */
export const letterRows = (order: Order): Prisma.Sql => Prisma.sql`
  SELECT first.key, coalesce(anchor.before, 0) + (
      SELECT count(*) FROM ${order.table}
      WHERE (sort_key, id) >= (coalesce(anchor.text_key, ''), coalesce(anchor.row_id, 0)) AND sort_key < start
    ) AS before
  FROM unnest(${STARTS}::text[], ${[...STARTS.slice(1), LAST]}::text[]) AS file (start, next)
  CROSS JOIN LATERAL (
    SELECT sort_key AS key FROM ${order.table}
    WHERE sort_key >= start AND sort_key < next ORDER BY sort_key LIMIT 1) AS first
  LEFT JOIN LATERAL (
    SELECT before, text_key, row_id FROM list_anchor
    WHERE list = ${order.list} AND text_key < start ORDER BY before DESC LIMIT 1) AS anchor ON true
  ORDER BY first.key`
