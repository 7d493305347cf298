import { dependOn } from '@/lib/cache/dependencies/recorder'
import { findAlbumRows } from '@/lib/catalogue/albums/read'
import { colourNames, exampleOf } from '@/lib/catalogue/artwork/colour-names'
import {
  dependOnNavigation,
  type LetterRow,
  type ListNavigation,
  letterRows,
  toNavigation,
} from '@/lib/catalogue/letters/read'
import { albumOrders } from '@/lib/catalogue/lists/orders'
import { offsetOf, pageCount } from '@/lib/catalogue/lists/paging'
import { pageSizes } from '@/lib/catalogue/lists/sorts'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { AlbumsOfColour, ColourCount } from './views'

const { sql } = Prisma

/** The length of a colour's list: the newest albums. */
export const MAX_ALBUMS = 1_000
/** One more, to tell whether the list is complete. */
const LOOKED_FOR = MAX_ALBUMS + 1

/**
 * Albums of a colour, newest first. Two statements.
 * @param colour its number (`colourNumber`). @param day the first release key; albums with a later date come last.
 * @returns null if the list has no such page.
 */
export async function findAlbumsOfColour(colour: number, page: number, day: number): Promise<AlbumsOfColour | null> {
  dependOn('albums.colour')
  const size = pageSizes.albums
  const [found] = await db().$queryRaw<{ ids: number[]; total: number }[]>`
    WITH listed AS MATERIALIZED (
      SELECT album_id, row_number() OVER () AS place FROM (
        (SELECT album_id FROM album_colour WHERE colour = ${colour}::smallint AND release_key <= ${day}
          ORDER BY release_key DESC, album_id DESC LIMIT ${LOOKED_FOR})
        UNION ALL
        (SELECT album_id FROM album_colour WHERE colour = ${colour}::smallint AND release_key > ${day}
          ORDER BY release_key DESC, album_id DESC LIMIT ${LOOKED_FOR})
        LIMIT ${LOOKED_FOR}) AS newest)
    SELECT (SELECT count(*)::int FROM listed) AS total, ARRAY(
      SELECT album_id FROM listed WHERE place <= ${MAX_ALBUMS}
      ORDER BY place OFFSET ${offsetOf(page, size)} LIMIT ${size}) AS ids`
  const { ids = [], total = 0 } = found ?? {}
  const pages = pageCount(Math.min(total, MAX_ALBUMS), size)
  if (page < 1 || page > pages) return null
  return {
    rows: await findAlbumRows(ids),
    total: Math.min(total, MAX_ALBUMS),
    isAll: total <= MAX_ALBUMS,
    page,
    pages,
  }
}

type NumberRow = { colour: number; albums: number }

/** Counts up to one more than a list shows. */
const counts = sql`
  SELECT colour, (SELECT count(*)::int FROM (
    SELECT FROM album_colour WHERE album_colour.colour = named.colour::smallint LIMIT ${LOOKED_FOR}) AS counted) AS albums
  FROM generate_series(1, ${colourNames.length}::int) AS named (colour)`

/** The colours that albums have, in the order of their names. One statement. */
export async function findColours(): Promise<ColourCount[]> {
  dependOn('albums.colour')
  return toCounts(await db().$queryRaw<NumberRow[]>(counts))
}

/** The navigation of the list of albums: letters and colours. One statement. */
export async function findAlbumNavigation(): Promise<ListNavigation & { colours: ColourCount[] }> {
  dependOnNavigation(albumOrders.title)
  dependOn('albums.colour')
  const [found] = await db().$queryRaw<{ letters: LetterRow[] | null; colours: NumberRow[] | null }[]>`
    SELECT (SELECT json_agg(letter) FROM (${letterRows(albumOrders.title)}) AS letter) AS letters,
      (SELECT json_agg(counted) FROM (${counts}) AS counted) AS colours`
  return {
    ...toNavigation(found?.letters ?? [], pageSizes.albums),
    colours: toCounts(found?.colours ?? []),
  }
}

function toCounts(rows: NumberRow[]): ColourCount[] {
  const albums = new Map(rows.map(({ colour, albums: of }) => [Number(colour), of]))
  return colourNames.flatMap((name, index) => {
    const of = albums.get(index + 1) ?? 0
    if (of === 0) return []
    return [{ name, hex: exampleOf(name), albums: Math.min(of, MAX_ALBUMS), isAll: of <= MAX_ALBUMS }]
  })
}
