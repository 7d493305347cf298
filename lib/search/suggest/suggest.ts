import { queryCached } from '@/lib/cache/query-results'
import { AppError } from '@/lib/errors'
import { type ParsedQuery, parseQuery } from '@/lib/search/text/parse'
import { findSuggestions, TOO_LONG } from './find'
import type { Suggestion } from './views'

/** Cached suggestions: people type the same letters again and again. */

/** An entry has 6 kB, measured. */
const cached = queryCached<Suggestion[]>('suggestions', { entries: 5_000, ttl: 30 * 60 * 1_000 })
/** Longer texts are rare and seldom repeated. */
const MAX_CACHED_LENGTH = 100
/** People who type don't wait longer. */
const TIMEOUT_MS = 1_000

/** The words of an unfinished query; null if it has fields, which are for the results page. */
export function typedWords(text: string): ParsedQuery | null {
  const parsed = parseQuery(text)
  const { clauses, years, genres, kinds, length } = parsed
  if (years.length + genres.length + kinds.length > 0 || length || clauses.some(({ field }) => field !== null))
    return null
  if (clauses.length === 0) return null
  return {
    ...parsed,
    isOpen: true,
    clauses: clauses.flatMap(({ tokens, isInvalidField }) =>
      tokens.map((token) => ({
        field: null,
        tokens: [token],
        isPhrase: false,
        ...(isInvalidField && { isInvalidField }),
      })),
    ),
  }
}

/**
 * Suggestions for an unfinished query: at most three of each kind. Exact names come first, then names that begin with the
 * query, then names with its words; the more popular first.
 * @param text any text.
 * @throws AppError "unavailable" after a second.
 */
export async function suggest(text: string): Promise<Suggestion[]> {
  const typed = typedWords(text)
  if (!typed) return []
  const words = typed.clauses.flatMap(({ tokens }) => tokens.map((token) => token.text)).join(' ')
  return words.length > MAX_CACHED_LENGTH ? findInTime(typed) : cached(words, () => findInTime(typed))
}

/** Each statement has a time limit; this one is for all of them and for the wait for a connection. */
async function findInTime(typed: ParsedQuery): Promise<Suggestion[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('unavailable', TOO_LONG)), TIMEOUT_MS)
  })
  try {
    return await Promise.race([findSuggestions(typed), late])
  } finally {
    clearTimeout(timer)
  }
}
