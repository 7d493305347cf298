/** An external id: the source that knows an entity, and its id there. */
export type Identifier = { source: 'musicbrainz' | 'isrc'; value: string }

const MBID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const PASTED_MBID = new RegExp(
  `^(?:https?://(?:www\\.|beta\\.)?musicbrainz\\.org/[a-z-]+/)?(${MBID})(?:[/?#].*)?$`,
  'i',
)
/** ISO 3901: country, registrant, year and number; often printed with hyphens. */
const PASTED_ISRC = /^(?:isrc[:\s]\s*)?([a-z]{2})-?([a-z0-9]{3})-?(\d{2})-?(\d{5})$/i

/** The MBID or ISRC in a text that is nothing else, or a link to a page of MusicBrainz. */
export function identifierOf(text: string): Identifier | null {
  const [, mbid] = PASTED_MBID.exec(text) ?? []
  if (mbid) return { source: 'musicbrainz', value: mbid.toLowerCase() }
  const [, ...isrc] = PASTED_ISRC.exec(text) ?? []
  return isrc.length > 0 ? { source: 'isrc', value: isrc.join('').toUpperCase() } : null
}
