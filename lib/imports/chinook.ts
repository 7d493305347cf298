import { z } from 'zod'
import { AppError } from '@/lib/errors'
import type { Input } from '@/lib/imports/files/input'
import { type Element, readTables } from '@/lib/imports/files/json'
import { definedFields } from './complete-records'
import { toFault } from './fault'
import type { EntityKey, ImportRecord, ImportRow } from './reader'
import { AlbumRecord, ArtistRecord, PlaylistRecord, SongRecord } from './records'
import type { ImportInput } from './run'

/**
 * Reads Chinook, a sample database for demonstrations (https://github.com/lerocha/chinook-database): one JSON object with
 * a list per table. Customers and sales are ignored.
 */

const id = z.int().min(0)

const Genre = z.object({ GenreId: id, Name: z.string().regex(/\S/, 'must not be blank') })
const Artist = z.object({ ArtistId: id, Name: ArtistRecord.shape.name })
const Album = z.object({ AlbumId: id, Title: AlbumRecord.shape.title, ArtistId: id })
const Track = z.object({
  TrackId: id,
  Name: SongRecord.shape.title,
  AlbumId: id.nullish(),
  GenreId: id.nullish(),
  Composer: z.string().max(1_000).nullish(),
  Milliseconds: SongRecord.shape.durationMs,
})
const Playlist = z.object({ PlaylistId: id, Name: PlaylistRecord.shape.name })
const PlaylistTrack = z.object({ PlaylistId: id, TrackId: id })

/** The catalogue's names of fields, and Chinook's. */
export const chinookFieldNames: Record<string, string> = {
  'artist.id': 'ArtistId',
  'song.id': 'TrackId',
  'song.album': 'AlbumId',
  'song.song': 'TrackId',
  'album.id': 'AlbumId',
  'album.credits[0].artist': 'ArtistId',
  'playlist.id': 'PlaylistId',
  'row.playlist': 'PlaylistId',
  'row.song': 'TrackId',
}

/** Genre names by id. Genres are few and come before the tracks. */
type Genres = Map<number, string>
type Table = {
  names: { entity: EntityKey['entity']; id: string } | null
  toRecords: (value: unknown, genres: Genres) => ImportRecord[]
}

const tables: Record<string, Table> = {
  Genre: {
    names: null,
    toRecords: (value, genres) => {
      const { GenreId, Name } = Genre.parse(value)
      genres.set(GenreId, Name)
      return [{ type: 'genre', name: Name }]
    },
  },
  Artist: {
    names: { entity: 'artist', id: 'ArtistId' },
    toRecords: (value) => {
      const { ArtistId, Name } = Artist.parse(value)
      return [ArtistRecord.parse({ type: 'artist', id: ArtistId, name: Name })]
    },
  },
  Album: {
    names: { entity: 'album', id: 'AlbumId' },
    toRecords: (value) => {
      const { AlbumId, Title, ArtistId } = Album.parse(value)
      // "[Live]" is the archivist's mark, not a word of the title that might mean anything.
      const kind = /[[(]live[\])]/i.test(Title) ? 'live' : 'album'
      return [AlbumRecord.parse({ type: 'album', id: AlbumId, title: Title, kind, credits: [{ artist: ArtistId }] })]
    },
  },
  Track: {
    names: { entity: 'song', id: 'TrackId' },
    toRecords: toTrack,
  },
  Playlist: {
    names: { entity: 'playlist', id: 'PlaylistId' },
    toRecords: (value) => {
      const { PlaylistId, Name } = Playlist.parse(value)
      return [PlaylistRecord.parse({ type: 'playlist', id: PlaylistId, name: Name })]
    },
  },
  PlaylistTrack: {
    names: null,
    toRecords: (value) => {
      const { PlaylistId, TrackId } = PlaylistTrack.parse(value)
      return [{ type: 'entry', playlist: String(PlaylistId), song: String(TrackId) }]
    },
  },
}

/** The list with the content of each. A file without it would empty every album or playlist. */
const contentOf = { Album: 'Track', Playlist: 'PlaylistTrack' }

/** A song and its place on its album. The song has the album's credits; the composer is text, not an artist. */
function toTrack(value: unknown, genres: Genres): ImportRecord[] {
  const { TrackId, Name, AlbumId, GenreId, Composer, Milliseconds } = Track.superRefine((track, context) => {
    if (track.GenreId != null && !genres.has(track.GenreId))
      context.addIssue({
        code: 'custom',
        path: ['GenreId'],
        message: `names genre ${track.GenreId}, which no earlier row has`,
      })
  }).parse(value)
  const song = SongRecord.parse(
    definedFields({
      type: 'song',
      id: TrackId,
      title: Name,
      durationMs: Milliseconds,
      composer: Composer === undefined ? undefined : Composer?.trim() || null,
      genres: GenreId === undefined ? undefined : GenreId === null ? [] : [genres.get(GenreId)],
    }),
  )
  if (AlbumId == null) return [song]
  const [album, key] = [String(AlbumId), String(TrackId)]
  return [song, { type: 'place', album, song: key, disc: 1, number: null, printed: null, inheritsCredits: true }]
}

export function readChinook(input: Input): ImportInput {
  return { name: input.name, source: () => 'chinook', rows: rowsOf(input) }
}

async function* rowsOf(input: Input): AsyncGenerator<ImportRow[]> {
  const genres: Genres = new Map()
  const seen = new Set<string>()
  let rows = 0
  for await (const elements of readTables(input)) {
    for (const { table } of elements) seen.add(table)
    const entries = elements.flatMap((element) => toEntry(element, genres))
    rows += entries.length
    yield entries
  }
  if (rows === 0)
    throw new AppError('invalid', `${input.name} has none of Chinook's lists: ${Object.keys(tables).join(', ')}.`)
  for (const [owner, content] of Object.entries(contentOf))
    if (seen.has(owner) && !seen.has(content))
      throw new AppError(
        'invalid',
        `${input.name} has the list ${owner} but nothing in ${content}; the file is incomplete.`,
      )
}

function toEntry({ table, line, value }: Element, genres: Genres): ImportRow[] {
  const reader = tables[table]
  if (!reader) return []
  try {
    return [{ line, row: { [table]: value }, records: reader.toRecords(value, genres) }]
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    return [{ line, row: { [table]: value }, fault: toFault(error, value), named: toNamed(reader, value) }]
  }
}

function toNamed({ names }: Table, value: unknown): EntityKey | null {
  const key: unknown = names && typeof value === 'object' && value !== null ? Reflect.get(value, names.id) : undefined
  return names && typeof key === 'number' ? { entity: names.entity, key: String(key) } : null
}
