import type { Page } from '@/lib/catalogue/views'

/** Pages that `total` rows fill; an empty list has one, empty page. */
export const pageCount = (total: number, size: number): number => Math.max(1, Math.ceil(total / size))

/** Rows before a page. None before what is no page; `toPage` refuses that. */
export const offsetOf = (page: number, size: number): number => Math.max(0, (page - 1) * size)

/** A page of a list, or null where the list has no such page. */
export function toPage<Row>(rows: Row[], total: number, page: number, size: number): Page<Row> | null {
  const pages = pageCount(total, size)
  return page >= 1 && page <= pages ? { rows, total, page, pages } : null
}

/** `rows` in the order of `ids`; an id whose row is gone is left out. */
export function inOrderOf<Row extends { id: number }>(ids: number[], rows: Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
