import { orNull, toReleaseDate } from '@/lib/catalogue/resource-parts'
import type { Song } from '@/lib/catalogue/resources'
import { refOf } from '@/lib/catalogue/slug'
import { pathOf } from '@/lib/http/api/address'
import { findSongRecords, type SongRecord } from './records'

export const toSong = (song: SongRecord, origin: string): Song => ({
  id: song.id,
  href: origin + pathOf('/songs/{id}', song),
  url: `${origin}/songs/${refOf(song)}`,
  title: song.title,
  disambiguation: orNull(song.disambiguation),
  credit: song.credit,
  durationMs: song.durationMs,
  composer: song.composer,
  album: song.album && {
    id: song.album.id,
    href: origin + pathOf('/albums/{id}', song.album),
    title: song.album.title,
    releaseDate: toReleaseDate(song.album),
  },
  albumCount: song.albumCount,
  playlistCount: song.playlistCount,
  listens: Number(song.listens),
  popularity: Number(song.popularity),
  externalIds: song.externalIds,
  createdAt: song.createdAt.toISOString(),
  updatedAt: song.updatedAt.toISOString(),
})

/** Songs by id, in that order. */
export const readSongs = async (ids: number[], origin: string): Promise<Song[]> =>
  (await findSongRecords(ids)).map((song) => toSong(song, origin))
