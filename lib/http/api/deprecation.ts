/**
 * A part of an operation that a later version removes. Until then it works, and responses announce it: docs/api.md has
 * the policy.
 */
export type Deprecation = {
  /** A query parameter, and which of its values are deprecated. */
  parameter: string
  is: (value: string) => boolean
  /** For the reference: what is deprecated, and what to use instead. */
  description: string
  since: Date
  sunset: Date
}

/** The headers that announce the deprecated parts that a request uses (RFC 9745 and RFC 8594). */
export function deprecationHeaders(deprecated: readonly Deprecation[], given: URLSearchParams): Record<string, string> {
  const used = deprecated.filter(({ parameter, is }) =>
    given.getAll(parameter).some((text) => text.split(',').some(is)),
  )
  if (used.length === 0) return {}
  const since = Math.min(...used.map((each) => each.since.getTime()))
  const sunset = Math.min(...used.map((each) => each.sunset.getTime()))
  return { deprecation: `@${Math.floor(since / 1_000)}`, sunset: new Date(sunset).toUTCString() }
}

/** The same as text, for the reference. */
export const deprecationText = ({ description, since, sunset }: Deprecation): string =>
  `Deprecated since ${day(since)}, works until ${day(sunset)} at least: ${description}`

const day = (date: Date): string => date.toISOString().slice(0, 10)
