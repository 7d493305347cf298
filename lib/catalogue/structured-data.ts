import type {
  MergeLeafTypes,
  MusicAlbum,
  MusicAlbumLeaf,
  MusicComposition,
  MusicGroup,
  MusicGroupLeaf,
  MusicRecordingLeaf,
  PersonLeaf,
  WithContext,
} from 'schema-dts'
import { pageSizes } from '@/lib/catalogue/lists/sorts'
import { largestOf } from './artwork/cover'
import type { AlbumKind, CreditRole } from './kinds'
import { refOf } from './slug'
import type { AlbumRow, AlbumView, ArtistView, CreditView, PartialDate, SongRow, SongView } from './views'

/**
 * Structured data about artists, albums and songs for search engines: schema.org terms as JSON-LD. The id of a node is
 * the address of its page, so that an artist on two pages is one node.
 */

const context = { '@context': 'https://schema.org' } as const

/** schema.org separates the release type from the production type, and has terms for some of each. */
const albumTerms: Record<AlbumKind, Pick<MusicAlbumLeaf, 'albumReleaseType' | 'albumProductionType'>> = {
  album: { albumReleaseType: 'AlbumRelease', albumProductionType: 'StudioAlbum' },
  ep: { albumReleaseType: 'EPRelease' },
  single: { albumReleaseType: 'SingleRelease' },
  live: { albumReleaseType: 'AlbumRelease', albumProductionType: 'LiveAlbum' },
  compilation: { albumReleaseType: 'AlbumRelease', albumProductionType: 'CompilationAlbum' },
  soundtrack: { albumReleaseType: 'AlbumRelease', albumProductionType: 'SoundtrackAlbum' },
  other: {},
}

/** The property of each role. Composer and lyricist are properties of the work, not of the recording. */
const creditTerms = {
  artist: 'byArtist',
  featured: 'contributor',
  producer: 'producer',
  remixer: 'contributor',
  performer: 'contributor',
  conductor: 'contributor',
  other: 'contributor',
  composer: 'composer',
  lyricist: 'lyricist',
} as const satisfies Record<CreditRole, string>

/** Milliseconds as an ISO 8601 duration, to the second: "PT1H2M3S". */
export function isoDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [seconds % 60, 'S'],
  ] as const
  const time = parts.flatMap(([value, unit]) => (value > 0 ? `${value}${unit}` : [])).join('')
  return `PT${time || '0S'}`
}

/** The known part of a date in ISO 8601: "1997", "1997-05", "1997-05-21"; undefined if none is known. */
export function isoDate({ year, month, day }: PartialDate): string | undefined {
  if (year === null) return undefined
  const parts = month === null ? [] : day === null ? [month] : [month, day]
  return [String(year).padStart(4, '0'), ...parts.map((part) => String(part).padStart(2, '0'))].join('-')
}

export function artistJsonLd(
  artist: ArtistView,
  origin: string,
): WithContext<MusicGroup | MergeLeafTypes<[MusicGroupLeaf, PersonLeaf]>> {
  const about = {
    ...node(`/artists/${refOf(artist)}`, origin),
    name: artist.name,
    disambiguatingDescription: artist.disambiguation || undefined,
    album: some(artist.albums.flatMap(({ albums }) => albums.rows.map((album) => albumNode(album, origin)))),
    track: some(artist.topSongs.rows.map((song) => recordingNode(song, origin))),
  }
  // A MusicGroup may be a single musician, who is also a Person.
  return artist.kind === 'person'
    ? { ...context, '@type': ['MusicGroup', 'Person'], ...about }
    : { ...context, '@type': 'MusicGroup', ...about }
}

/** @param album with one page of its tracks. */
export function albumJsonLd(album: AlbumView, origin: string): WithContext<MusicAlbum> {
  const before = (album.tracksPage.page - 1) * pageSizes.tracks
  const tracks = album.discs.flatMap((disc) => disc.tracks)
  return {
    ...context,
    ...albumNode(album, origin),
    ...credits(album.credits, origin),
    disambiguatingDescription: album.disambiguation || undefined,
    image: album.cover ? origin + largestOf(album.cover) : undefined,
    genre: some(album.genres.map(({ name }) => name)),
    albumRelease: album.label
      ? { '@type': 'MusicRelease', recordLabel: { '@type': 'Organization', name: album.label } }
      : undefined,
    track: {
      '@type': 'ItemList',
      numberOfItems: album.trackCount,
      itemListElement: tracks.map(({ song, title, durationMs }, index) => ({
        '@type': 'ListItem',
        position: before + index + 1,
        item: { ...recordingNode({ ...song, durationMs }, origin), name: title },
      })),
    },
  }
}

export function songJsonLd(song: SongView, origin: string): WithContext<MusicRecordingLeaf> {
  return {
    ...context,
    ...recordingNode(song, origin),
    ...credits(song.credits, origin),
    disambiguatingDescription: song.disambiguation || undefined,
    genre: some(song.genres.map(({ name }) => name)),
    inAlbum: some(song.appearances.rows.map(({ album }) => albumNode(album, origin))),
    recordingOf: composition(song, origin),
  }
}

/** A song inside another node. */
export function recordingNode(song: Pick<SongRow, 'id' | 'title' | 'durationMs'>, origin: string): MusicRecordingLeaf {
  return {
    '@type': 'MusicRecording',
    ...node(`/songs/${refOf(song)}`, origin),
    name: song.title,
    duration: song.durationMs === null ? undefined : isoDuration(song.durationMs),
  }
}

/** The credits of the recording, without those of the work. */
export const credits = (
  line: CreditView[],
  origin: string,
): Pick<MusicRecordingLeaf, 'byArtist' | 'contributor' | 'producer'> => ({
  byArtist: credited(line, 'byArtist', origin),
  contributor: credited(line, 'contributor', origin),
  producer: credited(line, 'producer', origin),
})

function composition(song: SongView, origin: string): MusicComposition | undefined {
  const composer = credited(song.credits, 'composer', origin)
  const lyricist = credited(song.credits, 'lyricist', origin)?.map((node) => ({ ...node, '@type': 'Person' as const }))
  if (!song.composer && !composer && !lyricist) return undefined
  // The composer line is free text that may name several people, so it is not a Person.
  return { '@type': 'MusicComposition', name: song.title, creditText: song.composer ?? undefined, composer, lyricist }
}

/** The artists of a property with their printed names; undefined if there are none, so that it is left out. */
function credited(line: CreditView[], term: (typeof creditTerms)[CreditRole], origin: string) {
  const nodes = line
    .filter(({ role }) => creditTerms[role] === term)
    .map(({ artistId, artistName, name }) => ({
      '@type': 'MusicGroup' as const,
      ...node(`/artists/${refOf({ id: artistId, name: artistName })}`, origin),
      name,
    }))
  return some(nodes)
}

function albumNode(album: AlbumRow, origin: string): MusicAlbum {
  return {
    '@type': 'MusicAlbum',
    ...node(`/albums/${refOf(album)}`, origin),
    name: album.title,
    datePublished: isoDate(album.date),
    numTracks: album.trackCount,
    ...albumTerms[album.kind],
  }
}

function node(path: string, origin: string): { '@id': string; url: string } {
  const url = new URL(path, origin).href
  return { '@id': url, url }
}

const some = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined)
