import type { Page } from '@/lib/catalogue/views'

/** The number of pages. An empty list has one, empty page. */
export const pageCount = (total: number, size: number): number => Math.max(1, Math.ceil(total / size))

/** The number of rows before a page; 0 for an invalid page, which `toPage` refuses. */
export const offsetOf = (page: number, size: number): number => Math.max(0, (page - 1) * size)

/** A page of a list; null if the list has no such page. */
export function toPage<Row>(rows: Row[], total: number, page: number, size: number): Page<Row> | null {
  const pages = pageCount(total, size)
  return page >= 1 && page <= pages ? { rows, total, page, pages } : null
}

/** Reads rows by id, in that order; nothing for no ids. An id without a row is left out. */
export const findInOrder = async <Row extends { id: number }>(
  ids: number[],
  find: (where: { id: { in: number[] } }) => Promise<Row[]>,
): Promise<Row[]> => (ids.length === 0 ? [] : inOrderOf(ids, await find({ id: { in: ids } })))

/** `rows` in the order of `ids`. An id without a row is left out. */
export function inOrderOf<Row extends { id: number }>(ids: number[], rows: Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
