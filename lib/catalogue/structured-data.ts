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
 * What search engines read about artists, albums and songs: schema.org's terms, as JSON-LD. Nodes are named by the
 * address of their page, so that an artist on two pages is one artist.
 */

const context = { '@context': 'https://schema.org' } as const

/** schema.org tells the form of a release from its content; it has a term for some of either. */
const albumTerms: Record<AlbumKind, Pick<MusicAlbumLeaf, 'albumReleaseType' | 'albumProductionType'>> = {
  album: { albumReleaseType: 'AlbumRelease', albumProductionType: 'StudioAlbum' },
  ep: { albumReleaseType: 'EPRelease' },
  single: { albumReleaseType: 'SingleRelease' },
  live: { albumReleaseType: 'AlbumRelease', albumProductionType: 'LiveAlbum' },
  compilation: { albumReleaseType: 'AlbumRelease', albumProductionType: 'CompilationAlbum' },
  soundtrack: { albumReleaseType: 'AlbumRelease', albumProductionType: 'SoundtrackAlbum' },
  other: {},
}

/** The property that says what a credited artist did; composer and lyricist are those of the work, not the recording. */
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

/** As much of an ISO 8601 date as is known: "1997", "1997-05", "1997-05-21"; undefined where nothing is. */
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
  // A MusicGroup may be one musician; only then it is a Person too.
  return artist.kind === 'person'
    ? { ...context, '@type': ['MusicGroup', 'Person'], ...about }
    : { ...context, '@type': 'MusicGroup', ...about }
}

/** The album with the page of its tracks that is shown. */
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

/** A song where another node mentions it. */
export function recordingNode(song: Pick<SongRow, 'id' | 'title' | 'durationMs'>, origin: string): MusicRecordingLeaf {
  return {
    '@type': 'MusicRecording',
    ...node(`/songs/${refOf(song)}`, origin),
    name: song.title,
    duration: song.durationMs === null ? undefined : isoDuration(song.durationMs),
  }
}

/** Who made the recording, of those in a credit line. */
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
  // The composer line is text that may name several people, so it is no Person.
  return { '@type': 'MusicComposition', name: song.title, creditText: song.composer ?? undefined, composer, lyricist }
}

/** Undefined, so that the property is left out, where nobody did it. Named as printed; the address says who it is. */
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
