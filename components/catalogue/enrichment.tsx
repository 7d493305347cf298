import { Note } from '@/components/ui/detail-body'
import { count, date, facts } from '@/components/ui/text'
import type { AlbumFacts, ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import type { CoverSource, SourceFacts } from '@/lib/catalogue/enrichment/source-facts'
import type { ArtistKind } from '@/lib/catalogue/kinds'
import type { AlbumView } from '@/lib/catalogue/views'
import styles from './enrichment.module.css'

/** Data of external sources, shown with its source if the catalogue itself has no value. */

/** Display names of sources. Other sources show their id. */
const sourceNames: Record<string, string> = {
  operator: 'the site operator',
  musicbrainz: 'MusicBrainz',
  coverart: 'the Cover Art Archive',
}

/** "21 November 2026", in UTC, because cached pages are the same everywhere. */
function dayOf(instant: string): string {
  const at = new Date(instant)
  return date({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() })
}

/** The value of the first source that has one. */
function firstValue<Facts, Value>(sourceFacts: SourceFacts<Facts>[], read: (facts: Facts) => Value | null | '') {
  for (const { source, fetchedAt, facts } of sourceFacts) {
    const value = read(facts)
    if (value) return { value, source, fetchedAt }
  }
  return null
}

type SourcedValue = { label: string; source: string; fetchedAt: string }

/** The source of each value of a page. */
function Sources({ from }: { from: SourcedValue[] }) {
  if (from.length === 0) return null
  return (
    <div>
      <dt className="aside">Sources</dt>
      <dd>
        <details className={styles.sources}>
          <summary>Sources</summary>
          <ul>
            {from.map(({ label, source, fetchedAt }) => (
              <li key={label}>
                {label}: {sourceNames[source] ?? source}, {dayOf(fetchedAt)}
              </li>
            ))}
            <li>Everything else: this catalogue</li>
          </ul>
        </details>
      </dd>
    </div>
  )
}

/** Values that the catalogue lacks for an album. */
export function AlbumEnrichmentNotes({ album }: { album: AlbumView }) {
  const { sourceFacts, coverSource } = album
  const label = album.label ? null : firstValue(sourceFacts, (facts: AlbumFacts) => facts.label)
  const released =
    album.date.year === null
      ? firstValue(sourceFacts, (facts: AlbumFacts) => facts.firstReleased && date(facts.firstReleased))
      : null
  const genres =
    album.genres.length > 0 ? null : firstValue(sourceFacts, (facts: AlbumFacts) => facts.genres.join(', '))
  const cover: CoverSource | null = coverSource
  return (
    <>
      {released && <Note term="First released">{released.value}</Note>}
      {genres && <Note term="Genres">{genres.value}</Note>}
      {label && <Note term="Label">{label.value}</Note>}
      <Sources
        from={[
          ...(cover ? [{ label: 'Cover', ...cover }] : []),
          ...(released ? [{ label: 'First released', ...released }] : []),
          ...(genres ? [{ label: 'Genres', ...genres }] : []),
          ...(label ? [{ label: 'Label', ...label }] : []),
        ]}
      />
    </>
  )
}

/** Aliases that a page shows. */
const MAX_ALIASES = 12

const lifeDateTerms: Partial<Record<ArtistKind, readonly [begin: string, end: string]>> = {
  person: ['Born', 'Died'],
  character: ['First appearance', 'Last appearance'],
}

/** The external data of an artist, or null. */
export function artistEnrichment(kind: ArtistKind | null, sourceFacts: SourceFacts<ArtistFacts>[]) {
  const [first] = sourceFacts
  if (!first) return null
  const { begin, end, area, aliases, genres, links, artistKind } = first.facts
  const [began, ended] = lifeDateTerms[kind ?? artistKind ?? 'other'] ?? ['Founded', 'Dissolved']
  const notes = [
    begin && { term: began, text: date(begin) },
    end && { term: ended, text: date(end) },
    area && { term: 'From', text: area },
    genres.length > 0 && { term: 'Genres', text: genres.join(', ') },
    aliases.length > 0 && {
      term: 'Also known as',
      text: facts(
        ...aliases.slice(0, MAX_ALIASES),
        aliases.length > MAX_ALIASES && `and ${count(aliases.length - MAX_ALIASES, 'other')}`,
      ),
    },
  ].filter((note) => note !== null && note !== '' && note !== false)
  return notes.length === 0 && links.length === 0 ? null : { notes, links, source: first }
}

export function ArtistEnrichmentNotes({
  about: { notes, links, source },
}: {
  about: NonNullable<ReturnType<typeof artistEnrichment>>
}) {
  return (
    <dl className={styles.about}>
      {notes.map(({ term, text }) => (
        <Note key={term} term={term}>
          {text}
        </Note>
      ))}
      {links.length > 0 && (
        <Note term="Links">
          {links.slice(0, MAX_LINKS).map(({ type, url }, index) => (
            <span key={url}>
              {index > 0 && ', '}
              <a href={url} rel="external nofollow noopener noreferrer">
                {hostOf(url)}
                <span className="aside"> ({type})</span>
              </a>
            </span>
          ))}
        </Note>
      )}
      <Sources from={[{ label: 'This section', ...source }]} />
    </dl>
  )
}

const MAX_LINKS = 12

const hostOf = (url: string): string => new URL(url).hostname.replace(/^www\./, '')
