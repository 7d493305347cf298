import { sortNameOf } from '@/lib/catalogue/sort-key'
import type { AlbumRecord, ArtistRecord, CatalogueRecord, PlaylistRecord, SongRecord } from './records'

/** Records with all fields: absent ones have their default. */

export type CompleteArtist = Required<Omit<ArtistRecord, 'sortName'>> & Pick<ArtistRecord, 'sortName'>
export type CompleteSong = Required<SongRecord>
export type CompleteAlbum = Required<AlbumRecord>
export type CompletePlaylist = Required<PlaylistRecord>
type Rest = Exclude<CatalogueRecord, { type: 'artist' | 'song' | 'album' | 'playlist' }>
export type CompleteRecord = CompleteArtist | CompleteSong | CompleteAlbum | CompletePlaylist | Rest

/** The defaults of optional fields. An artist's sort name is derived from the name. */
const defaults = {
  artist: { disambiguation: '', kind: null, externalIds: [] },
  song: { disambiguation: '', durationMs: null, composer: null, listens: 0, credits: [], genres: [], externalIds: [] },
  album: {
    disambiguation: '',
    kind: 'album',
    date: null,
    label: null,
    credits: [],
    genres: [],
    discs: [],
    externalIds: [],
  },
  playlist: { description: '', revision: 1, items: [], externalIds: [] },
} satisfies {
  artist: Omit<CompleteArtist, 'type' | 'id' | 'name' | 'sortName'>
  song: Omit<CompleteSong, 'type' | 'id' | 'title'>
  album: Omit<CompleteAlbum, 'type' | 'id' | 'title'>
  playlist: Omit<CompletePlaylist, 'type' | 'id' | 'name'>
}

/** Removes fields that are `undefined`. */
export function definedFields<Fields extends object>(fields: Fields): Partial<Fields> {
  const some: Partial<Fields> = { ...fields }
  for (const field in some) if (some[field] === undefined) delete some[field]
  return some
}

export function withDefaults(record: ArtistRecord): CompleteArtist
export function withDefaults(record: SongRecord): CompleteSong
export function withDefaults(record: AlbumRecord): CompleteAlbum
export function withDefaults(record: PlaylistRecord): CompletePlaylist
export function withDefaults(record: CatalogueRecord): CompleteRecord
export function withDefaults(record: CatalogueRecord): CompleteRecord {
  switch (record.type) {
    case 'artist':
      return { ...defaults.artist, sortName: sortNameOf(record.name), ...record }
    case 'song':
      return { ...defaults.song, ...record }
    case 'album':
      return { ...defaults.album, ...record }
    case 'playlist':
      return { ...defaults.playlist, ...record }
    default:
      return record
  }
}

const optional = {
  artist: ['sortName', ...Object.keys(defaults.artist)],
  song: Object.keys(defaults.song),
  album: Object.keys(defaults.album),
  playlist: Object.keys(defaults.playlist),
}

/** The optional fields that a record does not have. */
export const absentFields = (record: ArtistRecord | SongRecord | AlbumRecord | PlaylistRecord): string[] =>
  optional[record.type].filter((field) => !(field in record))
