/** Things of a list that are shown of an example, unless something else is said; they are all alike. */
const SHOWN = 2

/** An answer as JSON for people, its lists cut short: "… 23 more". */
export function sampleOf(answer: unknown, shown = SHOWN): string {
  const cut = (value: unknown) =>
    Array.isArray(value) && typeof value[0] === 'object' && value.length > shown
      ? [...value.slice(0, shown), `… ${value.length - shown} more`]
      : value
  const text = JSON.stringify(answer, (_, value: unknown) => cut(value), 2)
  return text.replace(/^( *)"(… \d+ more)"$/gm, '$1$2')
}
