import { albumLikeness, rounded, surest, textLikeness, WORTH_A_LOOK, yearLikeness } from '@/lib/enrichment/likeness'
import { type Candidate, candidatesOf, textOrNull } from '@/lib/enrichment/schemas'
import type { AlbumSubject, ArtistSubject } from '@/lib/enrichment/store/read'
import { type Artist, creditOf, dateOf, type ReleaseGroup } from './responses'

/** A sure match, or candidates for review. */
export type Match = { sure: Candidate | null; candidates: Candidate[] }

/** The maximum length of a search phrase. */
const MAX_SEARCHED = 200

/** A phrase of Lucene's query syntax, which MusicBrainz searches with. */
const phrase = (text: string): string => `"${text.slice(0, MAX_SEARCHED).toWellFormed().replace(/[\\"]/g, '\\$&')}"`

/** The path of a search. */
function search(entity: 'artist' | 'release-group', query: string): string {
  return `/ws/2/${entity}?${new URLSearchParams({ query, limit: '25', fmt: 'json' })}`
}

export const albumSearch = ({ title, credit }: AlbumSubject): string =>
  search(
    'release-group',
    credit === '' ? `releasegroup:${phrase(title)}` : `releasegroup:${phrase(title)} AND artist:${phrase(credit)}`,
  )

/** Finds an artist by name and albums: many share a name, few also an album. */
export function artistByAlbumsSearch({ name, albums }: ArtistSubject): string {
  const titles = albums.map(({ title }) => `releasegroup:${phrase(title)}`).join(' OR ')
  return search('release-group', `artist:${phrase(name)} AND (${titles})`)
}

export const artistSearch = ({ name }: ArtistSubject): string => search('artist', `artist:${phrase(name)}`)

export function matchAlbum(subject: AlbumSubject, groups: ReleaseGroup[], refused: readonly string[]): Match {
  const rated = groups.map((group) => {
    const [credit, date] = [creditOf(group['artist-credit']), dateOf(group['first-release-date'])]
    return {
      id: group.id,
      name: nameOf(group.title),
      detail: detailOf(credit, date?.year, group['primary-type'], group.disambiguation),
      confidence: albumLikeness(subject, { title: group.title, credit, year: date?.year ?? null }),
    }
  })
  return matchOf(rated, refused)
}

/** The confidence in an artist with the same name by the number of matching albums. */
const BY_ALBUMS = [0, 0.93, 0.98]
/** The confidence by name alone: there may be namesakes that MusicBrainz does not have. */
const BY_NAME = 0.75
/** The confidence by name and disambiguation. */
const BY_DISAMBIGUATION = 0.95

export function matchArtistByAlbums(subject: ArtistSubject, groups: ReleaseGroup[], refused: readonly string[]): Match {
  const found = new Map<string, { name: string; titles: Set<string> }>()
  for (const group of groups)
    for (const { name, artist } of group['artist-credit']) {
      const isNamed = [name, artist.name].some((each) => each && textLikeness(each, subject.name) === 1)
      const album = subject.albums.find((own) => isSameAlbum(own, group))
      if (!isNamed || !album) continue
      const known = found.get(artist.id) ?? { name: artist.name, titles: new Set() }
      known.titles.add(album.title)
      found.set(artist.id, known)
    }
  const rated = [...found].map(([id, { name, titles }]) => ({
    id,
    name: nameOf(name),
    detail: detailOf(`made ${[...titles].slice(0, 2).join(', ')}`),
    confidence: BY_ALBUMS[Math.min(titles.size, BY_ALBUMS.length - 1)] ?? 0,
  }))
  return matchOf(rated, refused)
}

function isSameAlbum(own: { title: string; year: number | null }, group: ReleaseGroup): boolean {
  const year = dateOf(group['first-release-date'])?.year ?? null
  return textLikeness(own.title, group.title) >= 0.95 && yearLikeness(own.year, year) > 0
}

export function matchArtist(subject: ArtistSubject, artists: Artist[], refused: readonly string[]): Match {
  const rated = artists.map(({ id, name, disambiguation, type, country, aliases }) => {
    const alike = Math.max(
      ...[name, ...aliases.map((alias) => alias.name)].map((each) => textLikeness(each, subject.name)),
    )
    const isTold = subject.disambiguation !== '' && textLikeness(disambiguation ?? '', subject.disambiguation) === 1
    return {
      id,
      name: nameOf(name),
      detail: detailOf(disambiguation, type, country),
      confidence: rounded(alike * (isTold ? BY_DISAMBIGUATION : BY_NAME)),
    }
  })
  return matchOf(rated, refused)
}

function matchOf(rated: Candidate[], refused: readonly string[]): Match {
  const candidates = candidatesOf(
    rated
      .filter(({ id, confidence }) => confidence >= WORTH_A_LOOK && !refused.includes(id))
      .sort((one, other) => other.confidence - one.confidence),
  )
  return { sure: surest(candidates), candidates }
}

const nameOf = (name: string): string => textOrNull(name) ?? '?'

const detailOf = (...parts: (string | number | null | undefined)[]): string =>
  textOrNull(parts.filter(Boolean).join(', ')) ?? ''
