import { EMBEDDED } from '@/lib/catalogue/resource-parts'
import { pathOf } from '@/lib/http/api/address'
import type { Linked } from './links'

/** What is embedded in a thing: the beginning of a list, and the way to the rest of it. */
export type Embedded<Item> = { items: Item[]; total: number; next: string | null }

/** Reads what is embedded in things, by their ids: a small number of statements, however many things there are. */
export type Embed = (parents: number[], origin: string) => Promise<Map<number, Embedded<unknown>>>

/** A list's beginning. @param url the list's own address, whose pages go on where this ends. */
const excerpt = <Item>(items: Item[], total: number, url: string): Embedded<Item> => ({
  items,
  total,
  next: total > items.length ? `${url}${url.includes('?') ? '&' : '?'}page=2` : null,
})

/** Embeds things that others lead to. @param list their list: "/artists/{id}/songs?sort=popular". */
export const linkedThings =
  <Item extends { id: number }>(
    find: (parents: number[]) => Promise<Linked[]>,
    list: string,
    read: (ids: number[], origin: string) => Promise<Item[]>,
  ): Embed =>
  async (parents, origin) => {
    const found = await find(parents)
    const things = await read([...new Set(found.flatMap(({ children }) => children))], origin)
    const byId = new Map(things.map((thing) => [thing.id, thing]))
    return new Map(
      found.map(({ parent, total, children }) => [
        parent,
        excerpt(
          children.flatMap((id) => byId.get(id) ?? []),
          total,
          origin + pathOf(list, { id: parent }),
        ),
      ]),
    )
  }

/** Embeds rows that belong to one thing each; each says how many there are of its thing. */
export const ownRows =
  <Row extends { parent: number; total: number }, Item>(
    path: string,
    find: (parents: number[], take: number) => Promise<Row[]>,
    toItem: (row: Row, origin: string) => Item,
  ): Embed =>
  async (parents, origin) => {
    const embedded = new Map<number, Row[]>(parents.map((parent) => [parent, []]))
    for (const row of await find(parents, EMBEDDED)) embedded.get(row.parent)?.push(row)
    return new Map(
      [...embedded].map(([parent, rows]) => [
        parent,
        excerpt(
          rows.map((row) => toItem(row, origin)),
          rows[0]?.total ?? 0,
          origin + pathOf(path, { id: parent }),
        ),
      ]),
    )
  }
