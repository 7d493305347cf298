import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { AlbumFacts, ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import type { SourceFacts } from '@/lib/catalogue/enrichment/source-facts'
import type { AlbumView } from '@/lib/catalogue/views'
import { AlbumEnrichmentNotes, ArtistEnrichmentNotes, artistEnrichment } from './enrichment'

const of = <Facts,>(facts: Facts): SourceFacts<Facts>[] => [
  { source: 'musicbrainz', fetchedAt: '2026-11-21T23:30:00.000Z', facts },
]
const facts: AlbumFacts = {
  firstReleased: { year: 1997, month: 5, day: 21 },
  albumKind: 'live',
  label: 'Hearth',
  disambiguation: null,
  genres: ['folk', 'drone'],
}
const empty: AlbumView = {
  id: 1,
  title: 'A',
  disambiguation: '',
  kind: 'album',
  date: { year: null, month: null, day: null },
  trackCount: 0,
  durationMs: 0,
  timedCount: 1,
  creditCount: 1,
  format: '',
  discIndex: [],
  credits: [],
  cover: null,
  label: null,
  sourceFacts: of(facts),
  coverSource: null,
  discCount: 0,
  genres: [],
  discs: [],
  tracksPage: { page: 1, pages: 1 },
  moreBy: null,
}
const textOf = (node: React.ReactNode) =>
  renderToStaticMarkup(node)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('an album', () => {
  test('without own values shows external values and their source', () => {
    const text = textOf(<AlbumEnrichmentNotes album={empty} />)
    for (const known of ['First released 21 May 1997', 'Genres folk, drone', 'Label Hearth'])
      expect(text).toContain(known)
    for (const from of ['First released', 'Genres', 'Label'])
      expect(text).toContain(`${from}: MusicBrainz, 21 November 2026`)
  })

  test('with own values shows no external ones', () => {
    const own: AlbumView = {
      ...empty,
      label: 'Own',
      date: { year: 1999, month: null, day: null },
      genres: [{ name: 'Rock', slug: 'rock' }],
    }
    expect(textOf(<AlbumEnrichmentNotes album={own} />)).toBe('')
    expect(textOf(<AlbumEnrichmentNotes album={{ ...empty, sourceFacts: [] }} />)).toBe('')
  })

  test('shows the source of its cover', () => {
    const coverSource = { source: 'coverart', fetchedAt: '2026-11-20T00:00:00.000Z' }
    const text = textOf(<AlbumEnrichmentNotes album={{ ...empty, sourceFacts: [], coverSource }} />)
    expect(text).toContain('Cover: the Cover Art Archive, 20 November 2026')
    const brought = { ...coverSource, source: 'operator' }
    expect(textOf(<AlbumEnrichmentNotes album={{ ...empty, coverSource: brought }} />)).toContain(
      'Cover: the site operator, 20 November 2026',
    )
  })
})

describe('an artist', () => {
  const facts: ArtistFacts = {
    artistKind: 'person',
    country: 'IS',
    area: 'Reykjavík',
    begin: { year: 1965, month: 11, day: 21 },
    end: null,
    hasEnded: false,
    disambiguation: null,
    aliases: Array.from({ length: 14 }, (_, index) => `Name ${index}`),
    links: [{ type: 'official homepage', url: 'https://www.example.com/a?b=<c>' }],
    genres: [],
  }

  test('has notes, and links that send no referrer', () => {
    const about = artistEnrichment('person', of(facts)) ?? expect.fail('nothing is known')
    const markup = renderToStaticMarkup(<ArtistEnrichmentNotes about={about} />)
    expect(markup).toContain(
      '<a href="https://www.example.com/a?b=&lt;c&gt;" rel="external nofollow noopener noreferrer">example.com',
    )
    const text = textOf(<ArtistEnrichmentNotes about={about} />)
    for (const known of ['Born 21 November 1965', 'From Reykjavík', 'Name 11', 'and 2 others'])
      expect(text).toContain(known)
    expect(text).not.toContain('Name 12')
    expect(text).not.toContain('Died')
  })

  test('without external data has no notes', () => {
    expect(artistEnrichment(null, [])).toBeNull()
    const nothing = { ...facts, area: null, begin: null, aliases: [], links: [] }
    expect(artistEnrichment(null, of(nothing))).toBeNull()
    expect(
      artistEnrichment(null, of({ ...nothing, artistKind: null, end: { year: 1999, month: null, day: null } })),
    ).toMatchObject({ notes: [{ term: 'Dissolved', text: '1999' }] })
  })
})
