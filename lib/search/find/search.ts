import { queryCached } from '@/lib/cache/query-results'
import { isTimeout } from '@/lib/db/time-limit'
import { type Facet, facets } from '@/lib/search/index/document'
import { type Clause, kinds, openWord, type ParsedQuery, parseQuery } from '@/lib/search/text/parse'
import { isBeginning, isShortBeginning } from '@/lib/search/text/prefix'
import { withoutAdditions } from '@/lib/search/text/title-additions'
import { type Correction, corrections } from './corrections'
import { countHits, type HitCounts, hasMoreHits, MAX_COUNTED, wordCountsOf } from './count'
import { findByExternalId, ofKinds } from './external-ids'
import { findHits, type Hit } from './hits'
import { type ChosenFacets, type IndexQuery, narrow, type PreparedQuery, termsOf } from './index-query'
import type { HitCursor, HitRange, Sort } from './order'
import { tiers } from './statement'
import { completionsOf, findGenres, MAX_COMPLETIONS } from './words'

/** Searches the catalogue. A query is parsed and prepared once, and the answer passes it on. */

export type SearchQuery = {
  /** Any text. */
  text: string
  chosen: ChosenFacets
  sort?: Sort
  range: HitRange
}

export type SearchAnswer = {
  hits: Hit[]
  total: number
  /** Whether there are no more hits than `total`. */
  isExact: boolean
  /** Whether only the most popular entities were searched, because searching all would have taken too long. */
  isPartial: boolean
  /** The values of each facet, counted as if none of that facet were chosen. The most common first, or in their own order. */
  facets: Record<Facet, { value: number; hits: number }[]>
  /** The query that was searched for instead, because the typed one has no hits. */
  instead: string | null
  /** A query with more hits than the typed one, which has few. */
  didYouMean: string | null
  /** The query that was searched for. */
  query: PreparedQuery
  /** The hits of an id that the query is; null for a search in the index. */
  identified: Hit[] | null
  /** The corrected words of the query. */
  corrected: Correction
}

/** Facets whose values have an order of their own. */
const ORDERED_FACETS = new Set<Facet>(['kind', 'decade', 'length'])
/** With at most this many hits, other spellings are tried. */
const FEW = 5
/** An entity with this many of the words is a good match. */
const MANY_WORDS = 3
/** Corrections that are tried for a query without hits, and for one with few. */
const MAX_CORRECTIONS = 6
const MAX_CORRECTIONS_OF_FEW = 2
/** The time limit for trying corrections. */
const CORRECTIONS_MS = 500

/**
 * Finds the entities that match a text. Every text is a valid query.
 * @throws AppError "unavailable" if even the most popular entities can't be searched in time.
 */
export async function search({ text, chosen, sort = 'relevance', range }: SearchQuery): Promise<SearchAnswer> {
  const began = performance.now()
  const query = await prepare(parseQuery(text), chosen)
  const { parsed } = query
  const typed = { instead: null, didYouMean: null, query, identified: null, corrected: new Map() }
  const identified = parsed.identifier && (await findByExternalId(parsed.identifier))
  if (identified?.length) return { ...typed, ...answerOf(identified, chosen, range) }
  const found = await find(query, chosen, sort, range)
  // A later page needs no other spelling: the first page showed it.
  const isMeant = found.total > 0 && (range.cursor !== undefined || parsed.clauses.length >= MANY_WORDS)
  if (found.total > FEW || isMeant || isNamed(found.hits, sort)) return { ...found, ...typed }
  // If only the filters exclude all hits, the words are right.
  const isFiltered = Object.values(chosen).some((values) => values.length > 0)
  if (found.total === 0 && isFiltered && (await hasMoreHits(0, narrow(query.terms, {})))) return { ...found, ...typed }
  const tried = limited(corrections(parsed), found.total === 0 ? MAX_CORRECTIONS : MAX_CORRECTIONS_OF_FEW)
  for await (const corrected of readAhead(tried)) {
    if (performance.now() - began > CORRECTIONS_MS) break
    const prepared = await prepare(correct(parsed, corrected), chosen)
    // Most corrections lead nowhere, which this shows cheaply.
    if (!(await hasMoreHits(found.total, prepared.index))) continue
    const instead = prepared.parsed.text
    if (found.total > 0) return { ...found, ...typed, didYouMean: instead }
    const other = await find(prepared, chosen, sort, range)
    if (other.total > 0) return { ...other, ...typed, instead, query: prepared, corrected }
  }
  const plain = found.total === 0 ? withoutAdditions(parsed.text) : null
  if (plain === null) return { ...found, ...typed }
  const other = await search({ text: plain, chosen, sort, range })
  return other.total > 0 ? { ...other, instead: other.instead ?? plain, didYouMean: null } : { ...found, ...typed }
}

/** The answer for the few entities that an id names, which are counted by kind alone. */
function answerOf(all: Hit[], { kind: chosen }: ChosenFacets, { size, offset = 0, cursor }: HitRange) {
  const identified = ofKinds(all, chosen)
  const counts = kinds.map((kind, value) => ({ value, hits: all.filter((hit) => hit.kind === kind).length }))
  const byKind = counts.filter(({ hits }) => hits > 0)
  return {
    identified,
    hits: cursor ? [] : identified.slice(offset, offset + size),
    total: identified.length,
    isExact: true,
    isPartial: false,
    facets: byFacet((facet) => (facet === 'kind' ? byKind : [])),
  }
}

const byFacet = <Value>(read: (facet: Facet) => Value) =>
  Object.fromEntries(facets.map((facet) => [facet, read(facet)])) as Record<Facet, Value>

/** If a prefix matches more documents than this, only its most common completions are searched. */
const MAX_OF_PREFIX = 50_000

/**
 * Resolves the genres of a query and the completions of its last word. Completions replace a prefix that is too short, or
 * that matches too many documents, unless the word itself has enough hits. Chosen facets don't change this.
 */
async function prepare(typed: ParsedQuery, chosen: ChosenFacets): Promise<PreparedQuery> {
  const { ids, unknown: unknownGenres } = await genresOf(typed.genres)
  const preparedAs = (parsed: ParsedQuery): PreparedQuery => {
    const terms = termsOf(parsed, ids)
    return { parsed, terms, index: narrow(terms, chosen), unknownGenres }
  }
  const last = typed.clauses.at(-1)
  const word = openWord(typed)
  if (!last || !word) return preparedAs(typed)
  const isShort = isShortBeginning(word)
  if (!isShort && !isBeginning(word)) return preparedAs(typed)
  const { own, most } = await wordCountsOf({ words: [word.text], prefix: isShort ? null : word.text })
  if (!isShort && most <= MAX_OF_PREFIX) return preparedAs(typed)
  const withLast = (more: Partial<Clause>) =>
    preparedAs({ ...typed, clauses: [...typed.clauses.slice(0, -1), { ...last, ...more }] })
  const whole = isShort ? preparedAs(typed) : withLast({ isWholeWord: true })
  const [hasEnough, { words }] = await Promise.all([
    (isShort || own > MAX_COUNTED) && hasMoreHits(FEW, narrow(whole.terms, {})),
    cachedCompletions(word.text, async () => ({ words: await completionsOf(word.text) })),
  ])
  return hasEnough ? whole : withLast({ completions: words, ...(!isShort && { isWholeWord: true }) })
}

async function* limited<Item>(items: AsyncGenerator<Item, void>, most: number): AsyncGenerator<Item, void> {
  let count = 0
  for await (const item of items) {
    yield item
    count += 1
    if (count === most) return
  }
}

/** Loads the next item while the caller uses this one. */
async function* readAhead<Item>(items: AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
  for (let next = items.next(); ; ) {
    const { value, done } = await next
    if (done) return
    next = items.next()
    // The caller may stop before it needs the next item.
    next.catch(() => {})
    yield value
  }
}

/** Whether the name of the best hit is the query, or begins with it. */
const isNamed = ([best]: Hit[], sort: Sort): boolean =>
  sort === 'relevance' && best !== undefined && best.tier <= tiers.indexOf('words')

/** All hits of a search, in order. @param left stops the statement. */
export async function* walkHits(
  { identified, query }: Pick<SearchAnswer, 'identified' | 'query'>,
  sort: Sort,
  left: AbortSignal,
): AsyncGenerator<Hit[], void> {
  if (identified) {
    yield identified
    return
  }
  for (let cursor: HitCursor | undefined; ; ) {
    const hits = await findHits(query.index, sort, { size: WALK_SIZE, cursor }, left)
    if (hits.length > 0) yield hits
    const last = hits.at(-1)
    if (!last || hits.length < WALK_SIZE) return
    cursor = { ...last, side: 'after' }
  }
}
/** Hits per statement. Each statement has to find all matches again. */
const WALK_SIZE = 10_000

async function find(query: PreparedQuery, chosen: ChosenFacets, sort: Sort, range: HitRange) {
  const [{ hits, isPartial }, counts] = await Promise.all([
    findAllOrPopular(query.index, sort, range),
    countHits(query, chosen),
  ])
  const total = Math.max(counts.total, hits.length > 0 ? (range.offset ?? 0) + hits.length : 0)
  const isCut = query.parsed.clauses.at(-1)?.completions?.length === MAX_COMPLETIONS
  return {
    hits,
    total,
    isExact: counts.isExact && !isPartial && !isCut,
    isPartial,
    facets: byFacet((facet) => valuesOf(facet, counts)),
  }
}

const MINUTE = 60_000
const cachedHits = queryCached<{ hits: Hit[] }>('search hits', { entries: 5_000, ttl: 10 * MINUTE })
const cachedCompletions = queryCached<{ words: string[] }>('search beginning', { entries: 2_000, ttl: 10 * MINUTE })
const cachedGenres = queryCached<{ ids: number[]; unknown: string[] }>('search genres', {
  entries: 500,
  ttl: 60 * MINUTE,
})

/** The ids of the genres with these names, and the names that no genre has. */
async function genresOf(names: string[]): Promise<{ ids: number[]; unknown: string[] }> {
  if (names.length === 0) return { ids: [], unknown: [] }
  return cachedGenres(JSON.stringify(names), async () => {
    const genres = await findGenres(names)
    return {
      ids: genres.map(({ id }) => id),
      unknown: names.filter((name) => !genres.some((genre) => genre.name === name)),
    }
  })
}

/** Hits of all entities, or of the most popular ones if all take too long. The latter are not cached. */
async function findAllOrPopular(
  query: IndexQuery,
  sort: Sort,
  range: HitRange,
): Promise<{ hits: Hit[]; isPartial: boolean }> {
  const findAll = async () => ({ hits: await findHits(query, sort, range) })
  try {
    return { ...(await cachedHits(JSON.stringify([query, sort, range]), findAll)), isPartial: false }
  } catch (error) {
    if (!isTimeout(error)) throw error
    return { hits: await findHits({ ...query, segments: 1 }, sort, range), isPartial: true }
  }
}

function valuesOf(facet: Facet, { values }: HitCounts): { value: number; hits: number }[] {
  const ofFacet = values.filter((each) => each.facet === facet).map(({ value, hits }) => ({ value, hits }))
  return ofFacet.toSorted((a, b) => (ORDERED_FACETS.has(facet) ? 0 : b.hits - a.hits) || a.value - b.value)
}

/** The corrected query. It is parsed as text, because a corrected word may name a field. */
function correct({ text: typed, clauses }: ParsedQuery, correction: Correction): ParsedQuery {
  let text = typed
  // From the end, because a correction moves the words after it.
  for (const { text: word, start, end } of clauses.flatMap(({ tokens }) => tokens).toReversed())
    text = text.slice(0, start) + (correction.get(word) ?? text.slice(start, end)) + text.slice(end)
  return parseQuery(text)
}
