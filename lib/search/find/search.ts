import { kept } from '@/lib/cache/query-results'
import { type Facet, facets } from '@/lib/search/index/document'
import { type Clause, kinds, type ParsedQuery, parseQuery } from '@/lib/search/text/parse'
import { isBeginning, isShortBeginning } from '@/lib/search/text/prefix'
import { withoutAdditions } from '@/lib/search/text/title-additions'
import { type Correction, corrections } from './corrections'
import { type Counted, countHits, isMoreThan, keptExtentOf, MOST_COUNTED } from './count'
import { findIdentified, ofKinds } from './external-ids'
import { beginningWords, findGenres, findHits, type Hit, MOST_BEGINNING } from './hits'
import { askedOf, type Chosen } from './index-query'
import type { Beside, Extent, Sort } from './order'
import { type Asked, tiers } from './statement'
import { isTooLong } from './too-long'

/** Searching, as the rest of the code knows it: what is asked, and what is found. */

export type SearchQuery = {
  /** As somebody typed it; anything. */
  text: string
  chosen: Chosen
  sort?: Sort
  extent: Extent
}

export type Found = {
  hits: Hit[]
  total: number
  /** Whether there are no more than `total`. */
  isExact: boolean
  /** Whether only the best known were looked through, as all would have taken too long. */
  isPartial: boolean
  /** Of each facet its values with their hits, most first or in their own order; as if none of that facet were chosen. */
  facets: Record<Facet, { value: number; hits: number }[]>
  /** Names of `genre:` in the query that no genre has. */
  unknownGenres: string[]
  /** What was searched for instead, where nothing is as it was typed. */
  instead: string | null
  /** What may have been meant, where little is as it was typed. */
  didYouMean: string | null
  /** What was searched for. */
  parsed: ParsedQuery
  /** Words that were searched for and not typed, each with what was. */
  corrected: Correction
}

/** Facets whose values have an order of their own. */
const IN_ORDER = new Set<Facet>(['kind', 'decade', 'length'])
/** Hits that are few enough to ask whether something else was meant. */
const FEW = 5
/** So many words that one thing has all of are not there by a mistake. */
const MANY_WORDS = 3
/** Ways in which a query may have been meant that are tried: where there are no hits, and where there are few. */
const MOST_WAYS = 6
const MOST_OTHERS = 2
/** Nobody waits longer for what was not typed. */
const PATIENCE_MS = 500

/**
 * What is found by a text. Nothing that is typed is wrong.
 * @throws AppError "unavailable" where even the best known can't be looked through in time.
 */
export async function search({ text, chosen, sort = 'relevance', extent }: SearchQuery): Promise<Found> {
  const began = performance.now()
  const parsed = await goingOn(parseQuery(text))
  const all = { instead: null, didYouMean: null, parsed, corrected: new Map() }
  const identified = parsed.identifier && (await findIdentified(parsed.identifier))
  if (identified?.length) return { ...all, ...listed(identified, chosen, extent) }
  const found = await find(parsed, chosen, sort, extent)
  // Whoever goes on has seen what the first page asks, and what is called so is meant.
  const isMeant = found.total > 0 && (extent.beside !== undefined || parsed.clauses.length >= MANY_WORDS)
  if (found.total > FEW || isMeant || isCalledSo(found.hits, sort)) return { ...found, ...all }
  // Filters that leave nothing are no reason to search for another word.
  const isNarrowed = Object.values(chosen).some((values) => values.length > 0)
  if (found.total === 0 && isNarrowed && (await isMoreThan(0, await askedFor(parsed, {})))) return { ...found, ...all }
  const ways = first(corrections(parsed), found.total === 0 ? MOST_WAYS : MOST_OTHERS)
  for await (const correction of ahead(ways)) {
    if (performance.now() - began > PATIENCE_MS) break
    const meant = await goingOn(correct(parsed, correction))
    if (found.total > 0) {
      if (await isMoreThan(found.total, await askedFor(meant, chosen)))
        return { ...found, ...all, didYouMean: meant.text }
      continue
    }
    // Most ways lead nowhere, which is seen at once.
    if (!(await isMoreThan(0, await askedFor(meant, chosen)))) continue
    const other = await find(meant, chosen, sort, extent)
    if (other.total > 0)
      return { ...other, instead: meant.text, didYouMean: null, parsed: meant, corrected: correction }
  }
  const plain = found.total === 0 ? withoutAdditions(parsed.text) : null
  if (plain === null) return { ...found, ...all }
  const other = await search({ text: plain, chosen, sort, extent })
  return other.total > 0 ? { ...other, instead: other.instead ?? plain, didYouMean: null } : { ...found, ...all }
}

/** Things that an id names: a few, counted by kind alone. */
function listed(identified: Hit[], { kind: chosen }: Chosen, { size, offset = 0, beside }: Extent) {
  const hits = ofKinds(identified, chosen)
  const counts = kinds.map((kind, value) => ({ value, hits: identified.filter((hit) => hit.kind === kind).length }))
  const ofKind = counts.filter(({ hits }) => hits > 0)
  return {
    hits: beside ? [] : hits.slice(offset, offset + size),
    total: hits.length,
    isExact: true,
    isPartial: false,
    facets: Object.fromEntries(facets.map((facet) => [facet, facet === 'kind' ? ofKind : []])) as Found['facets'],
    unknownGenres: [],
  }
}

/** Of a beginning that more have, only the best known words that begin so are looked for: all would take too long. */
const MOST_OF_BEGINNING = 50_000

/**
 * A query whose last word is short goes on with the best known words that begin so, where little has it as it is: what
 * the search box suggests for it is found. So does one whose last word begins too many, unless it is so common itself that
 * it is what was meant. Nothing that narrows it changes that.
 */
async function goingOn(parsed: ParsedQuery): Promise<ParsedQuery> {
  const last = parsed.clauses.at(-1)
  const word = last?.tokens.at(-1)
  if (!parsed.isOpen || !last || !word || last.field !== null || last.isPhrase) return parsed
  const withLast = (more: Partial<Clause>) => ({
    ...parsed,
    clauses: [...parsed.clauses.slice(0, -1), { ...last, ...more }],
  })
  const isShort = isShortBeginning(word)
  if (!isShort && !isBeginning(word)) return parsed
  const { own, most } = await keptExtentOf({ words: [word.text], beginning: isShort ? null : word.text })
  if (!isShort && most <= MOST_OF_BEGINNING) return parsed
  const whole = isShort ? parsed : withLast({ isWhole: true })
  const isEnough = isShort || own > MOST_COUNTED
  const [isMuch, { words }] = await Promise.all([
    isEnough && askedFor(whole, {}).then((asked) => isMoreThan(FEW, asked)),
    keptBeginning(word.text, async () => ({ words: await beginningWords(word.text) })),
  ])
  return isMuch ? whole : withLast({ goesOn: words, ...(!isShort && { isWhole: true }) })
}

async function* first<Item>(items: AsyncGenerator<Item, void>, most: number): AsyncGenerator<Item, void> {
  let given = 0
  for await (const item of items) {
    yield item
    given += 1
    if (given === most) return
  }
}

/** The next is looked for while somebody is busy with this one. */
async function* ahead<Item>(items: AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
  for (let next = items.next(); ; ) {
    const { value, done } = await next
    if (done) return
    next = items.next()
    // Who has found something does not ask for it.
    next.catch(() => {})
    yield value
  }
}

/** Whether the best hit is called as was typed, or begins with all of it. */
const isCalledSo = ([best]: Hit[], sort: Sort): boolean =>
  sort === 'relevance' && best !== undefined && best.tier <= tiers.indexOf('words')

/** The places of all that is found by what a search was for, in their order. @param left stops what is under way. */
export async function* walkHits(
  parsed: ParsedQuery,
  { chosen, sort = 'relevance' }: Pick<SearchQuery, 'chosen' | 'sort'>,
  left: AbortSignal,
): AsyncGenerator<Hit[], void> {
  const identified = parsed.identifier && (await findIdentified(parsed.identifier))
  if (identified?.length) {
    yield ofKinds(identified, chosen.kind)
    return
  }
  const asked = await askedFor(parsed, chosen)
  for (let beside: Beside | undefined; ; ) {
    const hits = await findHits(asked, sort, { size: WALKED, beside }, left)
    if (hits.length > 0) yield hits
    const last = hits.at(-1)
    if (!last || hits.length < WALKED) return
    beside = { ...last, side: 'after' }
  }
}
/** Places that are read at a time: each statement finds all that matches anew. */
const WALKED = 10_000

async function find(parsed: ParsedQuery, chosen: Chosen, sort: Sort, extent: Extent) {
  const { ids: genres, unknown: unknownGenres } = await genresOf(parsed.genres)
  const [{ hits, isPartial }, counted] = await Promise.all([
    findWhatCan(askedOf(parsed, chosen, genres), sort, extent),
    countHits(parsed, chosen, genres),
  ])
  const of = Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet, counted)])) as Found['facets']
  const seen = (extent.offset ?? 0) + hits.length
  const total = Math.max(counted.total, hits.length > 0 ? seen : 0)
  const isCut = parsed.clauses.at(-1)?.goesOn?.length === MOST_BEGINNING
  return { hits, total, isExact: counted.isExact && !isPartial && !isCut, isPartial, facets: of, unknownGenres }
}

/** A catalogue changes seldom, and much of what is asked is asked by many. */
const MINUTE = 60_000
const keptHits = kept<{ hits: Hit[] }>('search hits', { entries: 5_000, life: 10 * MINUTE })
const keptBeginning = kept<{ words: string[] }>('search beginning', { entries: 2_000, life: 10 * MINUTE })
const keptGenres = kept<{ ids: number[]; unknown: string[] }>('search genres', { entries: 500, life: 60 * MINUTE })

/** What is the same is asked the same, however it was typed. */
const keyOf = (...of: unknown[]): string => JSON.stringify(of)

const askedFor = async (parsed: ParsedQuery, chosen: Chosen): Promise<Asked> =>
  askedOf(parsed, chosen, (await genresOf(parsed.genres)).ids)

/** The ids of the genres of these names, and the names of none. */
async function genresOf(names: string[]): Promise<{ ids: number[]; unknown: string[] }> {
  if (names.length === 0) return { ids: [], unknown: [] }
  return keptGenres(keyOf(names), async () => {
    const found = await findGenres(names)
    return {
      ids: found.map(({ id }) => id),
      unknown: names.filter((name) => !found.some((genre) => genre.name === name)),
    }
  })
}

/** Hits; where looking through all takes too long those among the best known, which nobody keeps. */
async function findWhatCan(asked: Asked, sort: Sort, extent: Extent): Promise<{ hits: Hit[]; isPartial: boolean }> {
  const all = async () => ({ hits: await findHits(asked, sort, extent) })
  try {
    return { ...(await keptHits(keyOf(asked, sort, extent), all)), isPartial: false }
  } catch (error) {
    if (!isTooLong(error)) throw error
    return { hits: await findHits({ ...asked, segments: 1 }, sort, extent), isPartial: true }
  }
}

function valuesOf(facet: Facet, { values }: Counted): { value: number; hits: number }[] {
  const most = values.filter((each) => each.facet === facet).map(({ value, hits }) => ({ value, hits }))
  return most.toSorted((a, b) => (IN_ORDER.has(facet) ? 0 : b.hits - a.hits) || a.value - b.value)
}

/** The query with its corrected words, as it would be typed. */
function correct({ text: typed, clauses }: ParsedQuery, correction: Correction): ParsedQuery {
  let text = typed
  // From the end, for each may move what follows it.
  for (const { text: word, start, end } of clauses.flatMap(({ tokens }) => tokens).toReversed())
    text = text.slice(0, start) + (correction.get(word) ?? text.slice(start, end)) + text.slice(end)
  return parseQuery(text)
}
