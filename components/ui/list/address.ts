/** The address of a list in one of its orders. The first page and the default order are not written. */
export type ListAddress = { path: string; sort?: string }

export function pageAddress({ path, sort }: ListAddress, page: number): string {
  const query = [sort && `sort=${sort}`, page > 1 && `page=${page}`].filter(Boolean).join('&')
  return query ? `${path}?${query}` : path
}
