import { EMBEDDED } from '@/lib/catalogue/resource-parts'
import { pathOf } from '@/lib/http/api/address'
import type { LinkedIds } from './links'

/** A list embedded in a resource: its first items and the address of the next page. */
export type EmbeddedList<Item> = { items: Item[]; total: number; next: string | null }

/** Reads the embedded lists of resources by id, in a constant number of statements. */
export type EmbedReader = (parents: number[], origin: string) => Promise<Map<number, EmbeddedList<unknown>>>

/** @param url the address of the list. Its pages have the size of an embedded list. */
const excerpt = <Item>(items: Item[], total: number, url: string): EmbeddedList<Item> => ({
  items,
  total,
  next: total > items.length ? `${url}${url.includes('?') ? '&' : '?'}page=2` : null,
})

/** Embeds linked resources. @param list the address of their list: "/artists/{id}/songs?sort=popular". */
export const embedLinked =
  <Item extends { id: number }>(
    find: (parents: number[]) => Promise<LinkedIds[]>,
    list: string,
    read: (ids: number[], origin: string) => Promise<Item[]>,
  ): EmbedReader =>
  async (parents, origin) => {
    const found = await find(parents)
    const resources = await read([...new Set(found.flatMap(({ children }) => children))], origin)
    const byId = new Map(resources.map((resource) => [resource.id, resource]))
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

/** Embeds rows that belong to one resource each. `total` is the number of rows of the resource. */
export const embedRows =
  <Row extends { parent: number; total: number }, Item>(
    path: string,
    find: (parents: number[], take: number) => Promise<Row[]>,
    toItem: (row: Row, origin: string) => Item,
  ): EmbedReader =>
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
