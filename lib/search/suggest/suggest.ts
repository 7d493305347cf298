import { LRUCache } from 'lru-cache'
import { onForget } from '@/lib/cache/forget'
import { AppError } from '@/lib/errors'
import { type ParsedQuery, parseQuery } from '@/lib/search/text/parse'
import { findSuggestions, TOO_LONG } from './queries'
import type { Suggestion } from './views'

/** Suggestions, kept: listeners type the same letters again and again. */

/** A few kB each. */
const ENTRIES = 5_000
const LIFE_MS = 30 * 60 * 1_000
/** Longer texts are few, and each is another. */
const LONGEST_KEPT = 100
/** Nobody waits longer while they type. */
const PATIENCE_MS = 1_000

const shared = globalThis as typeof globalThis & {
  syroSuggestions?: { cache: LRUCache<string, Suggestion[], ParsedQuery>; generation: number }
}

/** What is kept by this process, of which routes have copies of this module. */
function store() {
  if (shared.syroSuggestions) return shared.syroSuggestions
  const cache = new LRUCache<string, Suggestion[], ParsedQuery>({
    max: ENTRIES,
    ttl: LIFE_MS,
    fetchMethod: (_key, _stale, { context: typed }) => findInTime(typed),
    // Who waits for what is forgotten meanwhile gets it.
    ignoreFetchAbort: true,
  })
  const made = { cache, generation: 0 }
  onForget((forgotten) => {
    if (forgotten?.every((tag) => tag === 'keys')) return
    // What is on its way was read before this, and is filed under a key that nobody asks for again.
    made.generation++
    cache.clear()
  })
  shared.syroSuggestions = made
  return made
}

/** The words that were typed, as if more were to come; null where it is more than words: a search in fields is for results. */
export function typedWords(text: string): ParsedQuery | null {
  const parsed = parseQuery(text)
  const { clauses, years, genres, kinds, length } = parsed
  if (years.length + genres.length + kinds.length > 0 || length || clauses.some(({ field }) => field !== null))
    return null
  const tokens = clauses.flatMap((clause) => clause.tokens)
  if (tokens.length === 0) return null
  return {
    ...parsed,
    isOpen: true,
    clauses: tokens.map((token) => ({ field: null, tokens: [token], isPhrase: false })),
  }
}

/**
 * What may be meant by what somebody has typed so far: at most three of each kind, best first. What is called so comes
 * before what begins so, and that before what has such words; the more popular first.
 * @param text anything.
 * @throws AppError "unavailable" where it takes longer than a second.
 */
export async function suggest(text: string): Promise<Suggestion[]> {
  const typed = typedWords(text)
  if (!typed) return []
  const words = typed.clauses.flatMap(({ tokens }) => tokens.map((token) => token.text)).join(' ')
  if (words.length > LONGEST_KEPT) return findInTime(typed)
  const { cache, generation } = store()
  return (await cache.fetch(`${generation} ${words}`, { context: typed })) ?? []
}

/** Each statement is bounded; this bounds them together, and the wait for a connection. */
async function findInTime(typed: ParsedQuery): Promise<Suggestion[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('unavailable', TOO_LONG)), PATIENCE_MS)
  })
  try {
    return await Promise.race([findSuggestions(typed), late])
  } finally {
    clearTimeout(timer)
  }
}
