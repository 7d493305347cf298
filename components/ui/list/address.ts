/** A list with its sort and other query parameters. The default sort is undefined, and page 1 is not written. */
export type ListAddress = { path: string; sort?: string; query?: Record<string, string> }

export function pageAddress({ path, sort, query }: ListAddress, page: number): string {
  const written = new URLSearchParams(query)
  if (sort) written.set('sort', sort)
  if (page > 1) written.set('page', String(page))
  return written.size > 0 ? `${path}?${written.toString().replaceAll('%2C', ',')}` : path
}
