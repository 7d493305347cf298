import type { Words } from '@/lib/api/reference/types'

/** Text in which `…` stands for code. */
export function Coded({ text }: { text: string }) {
  let at = 0
  return text.split('`').map((part, index) => {
    at += part.length + 1
    // Every second part is between signs.
    return index % 2 === 1 ? <code key={at}>{part}</code> : part
  })
}

/** A type; the schemas that it names lead to what they are. */
export const TypeWords = ({ words }: { words: Words }) =>
  words.map((word) =>
    typeof word === 'string' ? (
      word
    ) : (
      <a key={word.schema} href={`#${word.schema}`}>
        {word.schema}
      </a>
    ),
  )

/** Values that something may have: one of few. */
export const Values = ({ of }: { of: string[] }) =>
  of.flatMap((value, index) => [index > 0 ? ', ' : '', <code key={value}>{value}</code>])
