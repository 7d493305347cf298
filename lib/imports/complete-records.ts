import { sortNameOf } from '@/lib/catalogue/sort-key'
import type { AlbumRecord, ArtistRecord, CatalogueRecord, PlaylistRecord, SongRecord } from './records'

/** Records that say everything of a thing: a field that was absent has its default. */

export type WholeArtist = Required<Omit<ArtistRecord, 'sortName'>> & Pick<ArtistRecord, 'sortName'>
export type WholeSong = Required<SongRecord>
export type WholeAlbum = Required<AlbumRecord>
export type WholePlaylist = Required<PlaylistRecord>
type Rest = Exclude<CatalogueRecord, { type: 'artist' | 'song' | 'album' | 'playlist' }>
export type WholeRecord = WholeArtist | WholeSong | WholeAlbum | WholePlaylist | Rest

/** Every field that a record may leave out, and its default. An artist's sort name follows from the name. */
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
  artist: Omit<WholeArtist, 'type' | 'id' | 'name' | 'sortName'>
  song: Omit<WholeSong, 'type' | 'id' | 'title'>
  album: Omit<WholeAlbum, 'type' | 'id' | 'title'>
  playlist: Omit<WholePlaylist, 'type' | 'id' | 'name'>
}

/** The fields that have a value: `undefined` says as little as a field that is absent. */
export function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const some: Partial<Fields> = { ...fields }
  for (const field in some) if (some[field] === undefined) delete some[field]
  return some
}

/** The record with its defaults. */
export function toWhole(record: ArtistRecord): WholeArtist
export function toWhole(record: SongRecord): WholeSong
export function toWhole(record: AlbumRecord): WholeAlbum
export function toWhole(record: PlaylistRecord): WholePlaylist
export function toWhole(record: CatalogueRecord): WholeRecord
export function toWhole(record: CatalogueRecord): WholeRecord {
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

/** The fields that a record leaves out. */
export const absentFields = (record: ArtistRecord | SongRecord | AlbumRecord | PlaylistRecord): string[] =>
  optional[record.type].filter((field) => !(field in record))
