import type { ReactNode } from 'react'
import type { Ranges } from '@/lib/search/results/views'

/** A text with its search terms highlighted. */
export function HighlightedText({ text, ranges }: { text: string; ranges: Ranges }) {
  const parts: ReactNode[] = []
  let at = 0
  for (const [start, end] of ranges) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>)
    at = end
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
