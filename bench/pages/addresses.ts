import type pg from 'pg'
import { pageSizes, pageSorts } from '@/lib/catalogue/lists/sorts'
import { refOf } from '@/lib/catalogue/slug'
import { Random } from '@/lib/imports/synthetic/random'

/** The long lists: those whose length grows with the catalogue. */
const lists = { artists: pageSorts.artists, albums: pageSorts.albums, songs: pageSorts.songs } as const
type Kind = keyof typeof lists
const kinds = ['artists', 'albums', 'songs'] as const satisfies Kind[]

/** A list in one order, and its number of full pages. */
export type List = { path: string; pages: number }

/** The address of a list page. */
export const pageOf = ({ path }: List, page: number): string => (page === 1 ? path : `${path}&page=${page}`)

/** Every long list in every order. */
export async function findLists(client: pg.Client): Promise<List[]> {
  const { rows } = await client.query<Record<Kind, number>>(
    'SELECT artist_count AS artists, album_count AS albums, song_count AS songs FROM catalogue',
  )
  return kinds.flatMap((kind) =>
    lists[kind].map((sort) => ({
      path: `/${kind}?sort=${sort}`,
      pages: Math.max(1, Math.floor((rows[0]?.[kind] ?? 0) / pageSizes[kind])),
    })),
  )
}

/** Up to this many different list pages at any depth, uniformly distributed. */
export function someListPages(all: readonly List[], count: number, seed: number): string[] {
  const random = new Random(seed)
  const total = all.reduce((sum, { pages }) => sum + pages, 0)
  const found = new Set<string>()
  while (found.size < Math.min(count, total)) {
    let page = random.below(total)
    for (const list of all) {
      if (page < list.pages) {
        found.add(pageOf(list, page + 1))
        break
      }
      page -= list.pages
    }
  }
  return [...found]
}

const rowsOf = {
  artists: 'SELECT id, name AS title FROM artist',
  albums: 'SELECT id, title FROM album',
  songs: 'SELECT id, title FROM song',
} as const

/** Up to this many different pages of artists, albums or songs. Deterministic. */
export async function someDetailPages(client: pg.Client, kind: Kind, count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: number; title: string }>(
    `${rowsOf[kind]} ORDER BY hashint4extended(id, 1) LIMIT $1`,
    [count],
  )
  return rows.map((row) => `/${kind}/${refOf(row)}`)
}
