import { useEffect, useRef, useState } from 'react'
import type { Suggestion } from '@/lib/search/suggest/views'

const isSuggestion = (given: unknown): given is Suggestion =>
  typeof given === 'object' &&
  given !== null &&
  ['kind', 'name', 'about', 'path'].every((field) => typeof Reflect.get(given, field) === 'string') &&
  ['marked', 'covers'].every((field) => Array.isArray(Reflect.get(given, field)))

async function fetchSuggestions(text: string, signal: AbortSignal): Promise<Suggestion[] | null> {
  const response = await fetch(`/search/suggestions?q=${encodeURIComponent(text)}`, { signal })
  if (!response.ok) return null
  const answer: unknown = await response.json()
  const given: unknown = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'suggestions')
  return Array.isArray(given) && given.every(isSuggestion) ? given : null
}

/**
 * What the site suggests for the text of a box. Each letter stops the request of the one before it, whose answer is
 * worth nothing any more; until there is a newer one, the last stays.
 */
export function useSuggestions(): {
  /** Null before anything is typed, and where there was no answer. */
  suggestions: Suggestion[] | null
  /** Whether they are of an earlier text: the answer to this one is under way. */
  isAsking: boolean
  ask: (text: string) => void
} {
  const [suggestions, setSuggestions] = useState<Suggestion[] | null>(null)
  const [isAsking, setAsking] = useState(false)
  const asking = useRef<AbortController>(null)

  useEffect(() => () => asking.current?.abort(), [])

  const ask = (text: string) => {
    asking.current?.abort()
    const mine = new AbortController()
    asking.current = mine
    const show = (next: Suggestion[] | null) => {
      if (mine.signal.aborted) return
      setSuggestions(next)
      setAsking(false)
    }
    if (text.trim() === '') return show(null)
    setAsking(true)
    // Without an answer the box is what it is without scripts: a form.
    fetchSuggestions(text, mine.signal).then(show, () => show(null))
  }
  return { suggestions, isAsking, ask }
}
