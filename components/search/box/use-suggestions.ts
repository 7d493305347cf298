import { useEffect, useRef, useState } from 'react'
import type { Suggestion } from '@/lib/search/suggest/views'

const isSuggestion = (value: unknown): value is Suggestion =>
  typeof value === 'object' &&
  value !== null &&
  ['kind', 'name', 'about', 'path'].every((field) => typeof Reflect.get(value, field) === 'string') &&
  ['marked', 'covers'].every((field) => Array.isArray(Reflect.get(value, field)))

async function fetchSuggestions(text: string, signal: AbortSignal): Promise<Suggestion[] | null> {
  const response = await fetch(`/search/suggestions?q=${encodeURIComponent(text)}`, { signal })
  if (!response.ok) return null
  const answer: unknown = await response.json()
  const value: unknown = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'suggestions')
  return Array.isArray(value) && value.every(isSuggestion) ? value : null
}

/**
 * Suggestions for the text of the search field. Each request aborts the one before it. The last suggestions stay until new
 * ones arrive.
 */
export function useSuggestions(): {
  /** Null before the first letter, and after a failed request. */
  suggestions: Suggestion[] | null
  /** Whether a request is running, so that the suggestions belong to an earlier text. */
  isAsking: boolean
  ask: (text: string) => void
} {
  const [suggestions, setSuggestions] = useState<Suggestion[] | null>(null)
  const [isAsking, setAsking] = useState(false)
  const asking = useRef<AbortController>(null)

  useEffect(() => () => asking.current?.abort(), [])

  const ask = (text: string) => {
    asking.current?.abort()
    const controller = new AbortController()
    asking.current = controller
    const show = (next: Suggestion[] | null) => {
      if (controller.signal.aborted) return
      setSuggestions(next)
      setAsking(false)
    }
    if (text.trim() === '') return show(null)
    setAsking(true)
    // Without a response the field still works as a form.
    fetchSuggestions(text, controller.signal).then(show, () => show(null))
  }
  return { suggestions, isAsking, ask }
}
