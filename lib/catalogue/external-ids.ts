/** Ids that others know a thing by, in the one spelling that the catalogue stores, so that lookups are exact. */

/** Sources whose ids may be spelled in several ways. */
export const MUSICBRAINZ = 'musicbrainz'
export const ISRC = 'isrc'

/** An MBID (https://musicbrainz.org/doc/MusicBrainz_Identifier) in lower case; null for other text. */
export const toMbid = (text: string): string | null =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : null

/** An ISRC (ISO 3901) in upper case and without hyphens; null for other text. */
export function toIsrc(text: string): string | null {
  const folded = text.toUpperCase().replaceAll('-', '')
  return /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(folded) ? folded : null
}

/** A value as it is stored under its source. What is not of the source's form stays as it is. */
export function storedValue(source: string, value: string): string {
  if (source === MUSICBRAINZ) return toMbid(value) ?? value
  return source === ISRC ? (toIsrc(value) ?? value) : value
}
