import { colourNames } from '@/lib/catalogue/artwork/colour-names'
import { cursorSecret } from '@/lib/catalogue/lists/cursor-secret'
import { genreIds, refuseUnknown } from '@/lib/catalogue/lists/known-values'
import { orNull } from '@/lib/catalogue/resource-parts'
import { pathOf, queryOf } from '@/lib/http/api/address'
import { API } from '@/lib/http/api/contract'
import { readCursor, writeCursor } from '@/lib/http/api/cursor'
import { type Asked, endpoint } from '@/lib/http/api/endpoint'
import { RequestFault } from '@/lib/http/api/fault'
import { refusePaging } from '@/lib/http/api/paging'
import type { Hit } from '@/lib/search/find/hits'
import type { Chosen } from '@/lib/search/find/index-query'
import { type Beside, type Extent, readPlace, writePlace } from '@/lib/search/find/order'
import { type Found, search as find, walkHits } from '@/lib/search/find/search'
import type { Facet } from '@/lib/search/index/document'
import { namedFacets } from '@/lib/search/results/facet-names'
import { lengths } from '@/lib/search/results/facet-values'
import { suggest as suggestions } from '@/lib/search/suggest/suggest'
import { kinds } from '@/lib/search/text/parse'
import { type SearchHit, type SearchResult, query as schema, searchCatalogue, suggestInCatalogue } from './contract'
import { readHits } from './resource'

/** The routes of searching. */

type AskedSearch = Asked<typeof searchCatalogue.params, typeof searchCatalogue.query>
type Query = AskedSearch['query']

/** Hits that pages by number reach; a cursor goes on from there. */
const DEEPEST = 10_000

export const search = endpoint(searchCatalogue, {
  read: async ({ query, origin, href }) => {
    const { limit, sort } = query
    const list = queryOf(schema, { ...query, ...NO_PAGING, explain: undefined })
    const secret = await cursorSecret()
    const extent = extentOf(query, list, secret)
    const chosen = await chosenOf(query)
    const found = await find({ text: query.q, chosen, sort, extent: { ...extent, size: limit + 1 } })
    const { hits, hasNext, hasPrevious } = cut(found.hits, limit, extent)
    const [first, last] = [hits[0], hits.at(-1)]
    const self = (more: object) =>
      origin + pathOf(searchCatalogue.path) + queryOf(schema, { ...query, ...NO_PAGING, limit, ...more })
    const beside = (hit: Hit, side: Beside['side']) =>
      self({ cursor: writeCursor({ key: writePlace(hit), id: hit.id, side }, list, secret) })
    const [items, facets] = await Promise.all([
      readHits(hits, { ...found, sort, explain: query.explain === '1' }, origin),
      facetsOf(found, chosen),
    ])
    const { total, isExact, isPartial, instead, didYouMean } = found
    return {
      href,
      items,
      total,
      isExact,
      isPartial,
      instead,
      didYouMean,
      facets,
      limit,
      next: hasNext && last ? beside(last, 'after') : null,
      // From an empty page the way leads to the last that has something.
      previous:
        !hasPrevious || total === 0 ? null : first ? beside(first, 'before') : self({ page: lastPage(total, limit) }),
    }
  },
  stream: async ({ query, origin }, left) => {
    refusePaging(query)
    return stream(query, await chosenOf(query), origin, left)
  },
})

export const suggest = endpoint(suggestInCatalogue, {
  read: async ({ query, origin, href }) => ({
    href,
    items: (await suggestions(query.q)).map(({ kind, id, name, about, marked, covers, path }) => ({
      kind,
      id,
      // A genre is named by its slug, as its page is.
      href: origin + (kind === 'genre' ? API + path : pathOf(`/${kind}s/{id}`, { id })),
      url: origin + path,
      name,
      about: orNull(about),
      highlights: marked.map(([start, end]) => ({ start, end })),
      covers: covers.map(({ id, title }) => ({ id, href: origin + pathOf('/albums/{id}', { id }), title })),
    })),
  }),
})

const NO_PAGING = { limit: undefined, page: undefined, cursor: undefined }

/** @throws RequestFault for a genre or an artist that is not known. */
const chosenOf = async ({ kind, genre, decade, artist, length, color }: Query): Promise<Chosen> => ({
  ...(kind && { kind: kind.map((each) => kinds.indexOf(each)) }),
  ...(length && { length: length.map((each) => lengths.indexOf(each)) }),
  ...(genre && { genre: await genreIds(genre) }),
  ...(decade && { decade }),
  ...(artist && { artist: await knownArtists(artist) }),
  ...(color && { color: color.map((each) => colourNames.indexOf(each)) }),
})

async function knownArtists(artist: number[]): Promise<number[]> {
  await refuseUnknown({ artist })
  return artist
}

function extentOf({ limit, page = 1, cursor }: Query, list: string, secret: string): Extent {
  if (cursor === undefined) {
    if (page * limit <= DEEPEST) return { size: limit, offset: (page - 1) * limit }
    const message = `leads to hits after the ${DEEPEST.toLocaleString('en')}th, which cursors lead to`
    throw new RequestFault('invalid-parameter', `page ${message}.`, [{ in: 'query', field: 'page', message }])
  }
  const from = readCursor(cursor, list, secret)
  if (from) return { size: limit, beside: { ...readPlace(from.key, from.id), side: from.side } }
  const message = 'was not given out by this catalogue for this search, its filters and its order'
  throw new RequestFault('invalid-cursor', `cursor ${message}.`, [{ in: 'query', field: 'cursor', message }])
}

const lastPage = (total: number, limit: number) => Math.ceil(Math.min(total, DEEPEST) / limit) || undefined

/** A page of the hits, of which one more than that was read. */
function cut(found: Hit[], limit: number, { offset = 0, beside }: Extent) {
  const isMore = found.length > limit
  if (beside?.side === 'before') return { hits: isMore ? found.slice(1) : found, hasNext: true, hasPrevious: isMore }
  return { hits: found.slice(0, limit), hasNext: isMore, hasPrevious: beside !== undefined || offset > 0 }
}

async function facetsOf({ facets }: Found, chosen: Chosen): Promise<SearchResult['facets']> {
  const named = await namedFacets(facets, chosen)
  const valuesOf = (facet: Facet) =>
    named[facet].map(({ value: _, written, about, ...each }) => ({ value: written, about: orNull(about), ...each }))
  return {
    kind: valuesOf('kind'),
    genre: valuesOf('genre'),
    decade: valuesOf('decade'),
    artist: valuesOf('artist'),
    length: valuesOf('length'),
    color: valuesOf('color'),
  }
}

/** Hits that are read at a time for a stream: few enough not to keep others waiting. */
const BATCH = 250

async function* stream(
  query: Query,
  chosen: Chosen,
  origin: string,
  left: AbortSignal,
): AsyncGenerator<SearchHit[], void> {
  const { q: text, sort } = query
  const { parsed, corrected } = await find({ text, chosen, sort, extent: { size: 1 } })
  const searched = { parsed, corrected, sort, explain: query.explain === '1' }
  for await (const hits of walkHits(parsed, { chosen, sort }, left))
    for (let from = 0; from < hits.length; from += BATCH)
      yield await readHits(hits.slice(from, from + BATCH), searched, origin)
}
