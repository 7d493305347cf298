import type { OwnedKind, SingleKind } from '@/lib/cache/dependencies/names'
import { dependOn } from '@/lib/cache/dependencies/recorder'
import type { ListQuery } from './list'
import { anchoredOrders, genreOrder } from './orders'

/** Orders that the change log knows by their names. */
const named = new Set([...anchoredOrders, genreOrder].map(({ list }) => list))

/** Any change of a kind may change its lists with filters. */
const filtered: readonly [part: string, kind: SingleKind][] = [
  ['artists', 'artists.filtered'],
  ['albums', 'albums.filtered'],
  ['songs', 'songs.filtered'],
  ['playlists', 'playlists.filtered'],
  ['genres', 'genres.filtered'],
]

/** Records that a response depends on the members and the order of a list. */
export function dependOnList({ order, scopeId, where }: Pick<ListQuery, 'order' | 'scopeId' | 'where'>): void {
  const { list, dependsOn = [] } = order
  const conditions = where.flatMap((condition) => ('test' in condition ? (condition.dependsOn ?? []) : []))
  for (const [kind, id] of [...dependsOn, ...conditions]) dependOn(kind, id)
  // The names of the orders are those of dependencies.
  if (where.length === 0 && named.has(list)) dependOn(list as OwnedKind, scopeId ?? 0)
  if (list === 'deletions') dependOn(list)
  for (const [part, kind] of filtered) if (where.length > 0 && list.includes(part)) dependOn(kind)
}
