import type { Words } from '@/lib/api/reference/types'

/** Text in which backticks mark code. */
export function InlineCode({ text }: { text: string }) {
  let at = 0
  return text.split('`').map((part, index) => {
    at += part.length + 1
    // Every second part is between backticks.
    return index % 2 === 1 ? <code key={at}>{part}</code> : part
  })
}

/** A type, with links to the schemas that it names. */
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

/** A list of allowed values. */
export const Values = ({ of }: { of: string[] }) =>
  of.flatMap((value, index) => [index > 0 ? ', ' : '', <code key={value}>{value}</code>])
