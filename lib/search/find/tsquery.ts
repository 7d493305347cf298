import { marks, quote } from '@/lib/search/index/document'
import { isLetter, joinedOf, joinedWithAnd, neededTermsOf, syllablePairsOf, type Token } from '@/lib/search/text/fold'
import { type Clause, type TextField, textFields } from '@/lib/search/text/parse'
import { isBeginning } from '@/lib/search/text/prefix'

/** Tsqueries for the words of a query. */

type Field = TextField | null

const lexeme = (field: Field, term: string, isPrefix: boolean) =>
  quote((field ? marks[field] : '') + term) + (isPrefix ? ':*' : '')

function clauseQuery(clause: Clause, defaultField: Field, isOpen: boolean): string {
  const { tokens, isPhrase, isWholeWord, completions = [] } = clause
  const field = clause.field ?? defaultField
  // The index has positions only for the words of a field.
  if (isPhrase && tokens.length > 1 && !field)
    return `(${textFields.map((each) => clauseQuery({ ...clause, field: each }, null, isOpen)).join(' | ')})`
  const terms = tokens.map((token) => {
    const isPrefix = isOpen && !isWholeWord && isBeginning(token)
    // The terms of a run share one position, also within a phrase.
    const needed = neededTermsOf(token).map((term) => lexeme(field, term, isPrefix))
    const completed = completions.map((word) => lexeme(field, word, false))
    const pairs = syllablePairsOf(token).map((pair) => lexeme(field, pair, false))
    const compound = pairs.length > 0 ? [pairs.join(' & ')] : []
    return `(${[needed.join(' & '), ...completed, ...compound].join(' | ')})`
  })
  return `(${terms.join(isPhrase ? ' <-> ' : ' & ')})`
}

/**
 * The tsquery that requires all clauses. Words that are often written as one also match that word: short names, single
 * letters (A C D C), and words around "and" (rock’n’roll).
 */
export function tsqueryOf(clauses: Clause[], field: Field, isOpen: boolean): string {
  const parts = clauses.map((clause, index) =>
    clauseQuery(clause, field, isOpen && index === clauses.length - 1 && clause.field === null && !clause.isPhrase),
  )
  const all = compoundsIn(clauses)
    .reduceRight((rest, { from, to, words }) => {
      const alternatives = [`(${rest.slice(from, to).join(' & ')})`, ...words.map((word) => lexeme(field, word, false))]
      return rest.toSpliced(from, to - from, `(${alternatives.join(' | ')})`)
    }, parts)
    .join(' & ')
  const isPlain = clauses.every((clause) => clause.field === null && !clause.isPhrase)
  const joined = isPlain ? joinedOf(clauses.flatMap(({ tokens }): Token[] => tokens)) : []
  return [
    clauses.length > 1 && joined.length > 0 ? `(${all})` : all,
    ...joined.map((word) => lexeme(field, word, false)),
  ].join(' | ')
}

type Compound = { from: number; to: number; words: string[] }

/** Ranges of clauses that may be written as one word, in order and without overlaps. */
function compoundsIn(clauses: Clause[]): Compound[] {
  const tokens = clauses.map(({ field, isPhrase, tokens: [token] }) =>
    field === null && !isPhrase ? token : undefined,
  )
  const compounds: Compound[] = []
  for (let from = 0; from < tokens.length; from = Math.max(from + 1, compounds.at(-1)?.to ?? 0)) {
    const end = tokens.findIndex((token, index) => index >= from && !(token && isLetter(token)))
    const letters = (end < 0 ? tokens.length : end) - from
    const to = from + (letters > 1 ? letters : 3)
    const parts = tokens.slice(from, to).filter((token) => token !== undefined)
    if (to > tokens.length || parts.length < to - from) continue
    if (letters > 1) compounds.push({ from, to, words: [parts.map(({ written }) => written).join('')] })
    else if (parts[1]?.text === 'and') compounds.push({ from, to, words: joinedWithAnd(parts) })
  }
  return compounds
}

/** A lexeme that no document has. */
const NOTHING = ':nothing'

/** The tsquery that requires one of the lexemes. Without lexemes it matches nothing. */
export function anyOf(lexemes: string[], isPrefix = false): string {
  const quoted = lexemes.length > 0 ? lexemes.map(quote) : [quote(NOTHING)]
  return `(${quoted.map((each) => (isPrefix ? `${each}:*` : each)).join(' | ')})`
}
