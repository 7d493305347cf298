import { colourNames } from '@/lib/catalogue/artwork/colour-names'
import { cursorSecret } from '@/lib/catalogue/lists/cursor-secret'
import { genreIds, refuseUnknown } from '@/lib/catalogue/lists/known-values'
import { orNull } from '@/lib/catalogue/resource-parts'
import { pathOf, queryOf } from '@/lib/http/api/address'
import { API } from '@/lib/http/api/contract'
import { readCursor, writeCursor } from '@/lib/http/api/cursor'
import { endpoint, type OperationInput } from '@/lib/http/api/endpoint'
import { RequestFault } from '@/lib/http/api/fault'
import { refusePaging } from '@/lib/http/api/paging'
import type { Hit } from '@/lib/search/find/hits'
import type { ChosenFacets } from '@/lib/search/find/index-query'
import { type HitCursor, type HitRange, readPosition, writePosition } from '@/lib/search/find/order'
import { search as find, type SearchAnswer, walkHits } from '@/lib/search/find/search'
import type { Facet } from '@/lib/search/index/document'
import { namedFacets } from '@/lib/search/results/facet-names'
import { lengths } from '@/lib/search/results/facet-values'
import { matcherOf } from '@/lib/search/results/matches'
import { suggest as suggestions } from '@/lib/search/suggest/suggest'
import { kinds } from '@/lib/search/text/parse'
import { type SearchHit, type SearchResult, query as schema, searchCatalogue, suggestInCatalogue } from './contract'
import { type HitContext, readHits } from './resource'

/** The API operations of searching. */

type ParsedSearch = OperationInput<typeof searchCatalogue.params, typeof searchCatalogue.query>
type Query = ParsedSearch['query']

/** The maximum number of hits that numbered pages reach. Cursors reach all. */
const MAX_PAGED = 10_000

export const search = endpoint(searchCatalogue, {
  read: async ({ query, origin, href }) => {
    const { limit, sort } = query
    const list = queryOf(schema, { ...query, ...NO_PAGING, explain: undefined })
    const secret = await cursorSecret()
    const range = rangeOf(query, list, secret)
    const chosen = await chosenOf(query)
    const found = await find({ text: query.q, chosen, sort, range: { ...range, size: limit + 1 } })
    const { hits, hasNext, hasPrevious } = cut(found.hits, limit, range)
    const [first, last] = [hits[0], hits.at(-1)]
    const self = (more: object) =>
      origin + pathOf(searchCatalogue.path) + queryOf(schema, { ...query, ...NO_PAGING, limit, ...more })
    const fromHit = (hit: Hit, side: HitCursor['side']) =>
      self({ cursor: writeCursor({ key: writePosition(hit), id: hit.id, side }, list, secret) })
    const [items, facets] = await Promise.all([
      readHits(hits, contextOf(found, query), origin),
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
      next: hasNext && last ? fromHit(last, 'after') : null,
      // An empty page leads back to the last page with hits.
      previous:
        !hasPrevious || total === 0 ? null : first ? fromHit(first, 'before') : self({ page: lastPage(total, limit) }),
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
      // Genres are addressed by slug, as their pages are.
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

/** @throws RequestFault for an unknown genre or artist. */
const chosenOf = async ({ kind, genre, decade, artist, length, color }: Query): Promise<ChosenFacets> => ({
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

function rangeOf({ limit, page = 1, cursor }: Query, list: string, secret: string): HitRange {
  if (cursor === undefined) {
    if (page * limit <= MAX_PAGED) return { size: limit, offset: (page - 1) * limit }
    const message = `leads to hits after the ${MAX_PAGED.toLocaleString('en')}th, which only cursors reach`
    throw new RequestFault('invalid-parameter', `page ${message}.`, [{ in: 'query', field: 'page', message }])
  }
  const from = readCursor(cursor, list, secret)
  if (from) return { size: limit, cursor: { ...readPosition(from.key, from.id), side: from.side } }
  const message = 'does not belong to this search, its filters and its sort'
  throw new RequestFault('invalid-cursor', `cursor ${message}.`, [{ in: 'query', field: 'cursor', message }])
}

const lastPage = (total: number, limit: number) => Math.ceil(Math.min(total, MAX_PAGED) / limit) || undefined

/** Removes the extra hit, which was read to see whether there are more. */
function cut(found: Hit[], limit: number, { offset = 0, cursor }: HitRange) {
  const isMore = found.length > limit
  if (cursor?.side === 'before') return { hits: isMore ? found.slice(1) : found, hasNext: true, hasPrevious: isMore }
  return { hits: found.slice(0, limit), hasNext: isMore, hasPrevious: cursor !== undefined || offset > 0 }
}

const contextOf = ({ query: { parsed }, corrected }: SearchAnswer, { sort, explain }: Query): HitContext => ({
  text: parsed.text,
  match: matcherOf(parsed),
  corrected,
  sort,
  explain: explain === '1',
})

async function facetsOf({ facets }: SearchAnswer, chosen: ChosenFacets): Promise<SearchResult['facets']> {
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

/** Hits of a stream that are read at a time: few enough not to delay other requests. */
const BATCH = 250

async function* stream(
  query: Query,
  chosen: ChosenFacets,
  origin: string,
  left: AbortSignal,
): AsyncGenerator<SearchHit[], void> {
  const { q: text, sort } = query
  const found = await find({ text, chosen, sort, range: { size: 1 } })
  const context = contextOf(found, query)
  for await (const hits of walkHits(found, sort, left))
    for (let from = 0; from < hits.length; from += BATCH)
      yield await readHits(hits.slice(from, from + BATCH), context, origin)
}
