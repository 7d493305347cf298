import { type AlbumFacts, ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import type { AlbumKind, ArtistKind } from '@/lib/db/generated/enums'
import { textOrNull } from '@/lib/enrichment/schemas'
import { type Artist, dateOf, type ReleaseGroup, type Releases } from './responses'

/** Converts MusicBrainz's responses to stored facts. */

const artistKinds: Record<string, ArtistKind> = {
  Person: 'person',
  Group: 'group',
  Orchestra: 'orchestra',
  Choir: 'choir',
  Character: 'character',
  Other: 'other',
}

const primaryKinds: Record<string, AlbumKind> = {
  Album: 'album',
  EP: 'ep',
  Single: 'single',
  Broadcast: 'other',
  Other: 'other',
}

/** Kinds that are more specific than "album", most specific first. */
const secondaryKinds: [string, AlbumKind][] = [
  ['Soundtrack', 'soundtrack'],
  ['Live', 'live'],
  ['Compilation', 'compilation'],
]

export function artistFactsOf(artist: Artist): ArtistFacts {
  const life = artist['life-span']
  const links = artist.relations.flatMap(({ type, url, ended, ...relation }) => {
    const link = { type: textOrNull(type), url: url?.resource }
    // Drops ended links, which are often dead, and addresses other than http(s), such as scripts.
    const isShown =
      relation['target-type'] === 'url' && !ended && ArtistFacts.shape.links.element.safeParse(link).success
    return isShown && link.type && link.url ? [{ type: link.type, url: link.url }] : []
  })
  return {
    artistKind: artistKinds[artist.type ?? ''] ?? null,
    country: ArtistFacts.shape.country.safeParse(artist.country ?? null).data ?? null,
    area: textOrNull(artist.area?.name),
    begin: dateOf(life?.begin),
    end: dateOf(life?.end),
    hasEnded: life?.ended ?? false,
    disambiguation: textOrNull(artist.disambiguation),
    aliases: textsOf(artist.aliases.map(({ name }) => name).filter((name) => name !== artist.name)).slice(0, 50),
    links: links.slice(0, 50),
    genres: genresOf(artist.genres),
  }
}

export function albumFactsOf(group: ReleaseGroup, label: string | null): AlbumFacts {
  return {
    firstReleased: dateOf(group['first-release-date']),
    albumKind: albumKindOf(group),
    label,
    disambiguation: textOrNull(group.disambiguation),
    genres: genresOf(group.genres),
  }
}

function albumKindOf(group: ReleaseGroup): AlbumKind | null {
  const primary = primaryKinds[group['primary-type'] ?? ''] ?? null
  const telling = secondaryKinds.find(([name]) => group['secondary-types'].includes(name))
  // A live single is a single.
  return telling && (primary === 'album' || primary === null) ? telling[1] : primary
}

/** The label of the earliest official release that names one. */
export function labelOf({ releases }: Releases): string | null {
  const named = releases.flatMap(({ date, status, 'label-info': labels }) => {
    const label = textOrNull(labels.find((info) => info.label?.name)?.label?.name)
    return label ? [{ label, isOfficial: status === 'Official', date: date || '9999' }] : []
  })
  const [first] = named.sort(
    (one, other) => Number(other.isOfficial) - Number(one.isOfficial) || one.date.localeCompare(other.date),
  )
  return first?.label ?? null
}

/** Most votes first. */
const genresOf = (genres: Artist['genres']): string[] =>
  textsOf(genres.toSorted((one, other) => (other.count ?? 0) - (one.count ?? 0)).map(({ name }) => name)).slice(0, 20)

/** Distinct texts without empty ones. */
const textsOf = (texts: string[]): string[] => [...new Set(texts.flatMap((text) => textOrNull(text) ?? []))]
