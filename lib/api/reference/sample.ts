/** The default number of items that an example shows; they are all alike. */
const SHOWN = 2

/** A response as JSON for people, with shortened lists: "… 23 more". */
export function sampleOf(answer: unknown, shown = SHOWN): string {
  const cut = (value: unknown) =>
    Array.isArray(value) && typeof value[0] === 'object' && value.length > shown
      ? [...value.slice(0, shown), `… ${value.length - shown} more`]
      : value
  const text = JSON.stringify(answer, (_, value: unknown) => cut(value), 2)
  return text.replace(/^( *)"(… \d+ more)"$/gm, '$1$2')
}
