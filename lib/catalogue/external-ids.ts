/** External ids, normalised to the spelling that the catalogue stores, so that lookups are exact. */

/** The sources whose ids have several spellings. */
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

/** The stored spelling of a value. A malformed value is not changed. */
export function storedValue(source: string, value: string): string {
  if (source === MUSICBRAINZ) return toMbid(value) ?? value
  return source === ISRC ? (toIsrc(value) ?? value) : value
}
