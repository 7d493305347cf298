import { kept } from '@/lib/cache/query-results'
import { AppError } from '@/lib/errors'
import { type ParsedQuery, parseQuery } from '@/lib/search/text/parse'
import { findSuggestions, TOO_LONG } from './find'
import type { Suggestion } from './views'

/** Suggestions, kept: listeners type the same letters again and again. */

/** 6 kB each, measured. */
const keep = kept<Suggestion[]>('suggestions', { entries: 5_000, life: 30 * 60 * 1_000 })
/** Longer texts are few, and each is another. */
const LONGEST_KEPT = 100
/** Nobody waits longer while they type. */
const PATIENCE_MS = 1_000

/** The words that were typed, as if more were to come; null where it is more than words: a search in fields is for results. */
export function typedWords(text: string): ParsedQuery | null {
  const parsed = parseQuery(text)
  const { clauses, years, genres, kinds, length } = parsed
  if (years.length + genres.length + kinds.length > 0 || length || clauses.some(({ field }) => field !== null))
    return null
  if (clauses.length === 0) return null
  return {
    ...parsed,
    isOpen: true,
    clauses: clauses.flatMap(({ tokens, isField }) =>
      tokens.map((token) => ({ field: null, tokens: [token], isPhrase: false, ...(isField && { isField }) })),
    ),
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
  return words.length > LONGEST_KEPT ? findInTime(typed) : keep(words, () => findInTime(typed))
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
