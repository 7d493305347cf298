import { findAlbums } from '@/lib/catalogue/albums/read'
import { findArtists } from '@/lib/catalogue/artists/read'
import { findHome, findTotals } from '@/lib/catalogue/home'
import { pageCount } from '@/lib/catalogue/lists/paging'
import { pageSizes, pageSorts } from '@/lib/catalogue/lists/sorts'
import { refOf } from '@/lib/catalogue/slug'
import { findSongs } from '@/lib/catalogue/songs/read'
import { today } from '@/lib/catalogue/today'
import type { CatalogueTotals, Page } from '@/lib/catalogue/views'
import { pages } from '@/lib/http/pages.mjs'
import { findPlaylists } from '@/lib/playlists/read'

/** The addresses of the most popular pages. */

/** Few listeners go further into a list; they search, or jump to a letter. */
const FIRST_PAGES = 5

/** The sorts of each list, the default first, and its page size. */
export const lists = {
  artists: { sorts: pageSorts.artists, size: pageSizes.artists },
  albums: { sorts: pageSorts.albums, size: pageSizes.albums },
  songs: { sorts: pageSorts.songs, size: pageSizes.songs },
  playlists: { sorts: pageSorts.playlists, size: pageSizes.playlists },
  genres: { sorts: ['name'], size: pageSizes.genres },
} as const

/**
 * The paths of pages, most popular first: the home page and the beginning of every list in every order, then the most
 * popular entities of every kind in turn. It ends with the catalogue.
 */
export async function* popularAddresses(): AsyncGenerator<string, void> {
  yield '/'
  const totals = await findTotals()
  yield* listPages(totals, 1)
  yield* inTurn([
    furtherListPages(totals),
    details('/artists', (page) => findArtists('popular', page)),
    details('/albums', (page) => findAlbums('popular', page, today())),
    details('/songs', (page) => findSongs('popular', page, today())),
    details('/playlists', (page) => findPlaylists('popular', page)),
    genres(),
  ])
}

function* listPages(totals: CatalogueTotals, page: number): Generator<string, void> {
  for (const { path, lists: kind } of pages)
    if (kind && page <= pageCount(totals[kind], lists[kind].size)) yield* inEveryOrder(path, lists[kind].sorts, page)
}

/** The first order is the default. Addresses leave out the default order and page 1. */
const inEveryOrder = (path: string, sorts: readonly string[], page: number): string[] =>
  sorts.map((sort, index) => {
    const query = new URLSearchParams({ ...(index > 0 && { sort }), ...(page > 1 && { page: String(page) }) })
    return query.size === 0 ? path : `${path}?${query}`
  })

async function* furtherListPages(totals: CatalogueTotals): AsyncGenerator<string, void> {
  for (let page = 2; page <= FIRST_PAGES; page++) yield* listPages(totals, page)
}

type LinkedRow = { id: number; title: string } | { id: number; name: string }

/** The pages of a list's rows, read on demand. */
async function* details(
  path: string,
  read: (page: number) => Promise<Page<LinkedRow> | null>,
): AsyncGenerator<string, void> {
  for (let page = 1, found = await read(page); found; found = await read(++page))
    for (const row of found.rows) yield `${path}/${refOf(row)}`
}

async function* genres(): AsyncGenerator<string, void> {
  for (const { slug } of (await findHome(today())).genres)
    yield* inEveryOrder(`/genres/${slug}`, pageSorts.genreAlbums, 1)
}

/** Takes from the sources in turn, until all have ended. */
async function* inTurn<T>(sources: AsyncGenerator<T, void>[]): AsyncGenerator<T, void> {
  const open = new Set(sources)
  while (open.size > 0)
    for (const source of open) {
      const { value, done } = await source.next()
      if (done) open.delete(source)
      else yield value
    }
}
