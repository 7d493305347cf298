import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import type { ClientBase } from 'pg'
import { sortNameOf } from '@/lib/catalogue/sort-key'
import { withSession } from '@/lib/db/session'
import {
  type AlbumRow,
  type ArtistRow,
  type CreditRow,
  type GenreRow,
  type PlaylistRow,
  type RedirectRow,
  type SongRow,
  selectAlbums,
  selectArtists,
  selectGenres,
  selectPlaylists,
  selectRedirects,
  selectSongs,
  type TrackRow,
} from './select'

/**
 * Writes the whole catalogue as NDJSON: one snapshot in a fixed order without default values, so that the same catalogue
 * gives the same bytes.
 * @param signal cancels the export.
 */
export const exportNdjson = (out: Writable, signal?: AbortSignal): Promise<void> =>
  withSession('syromusic export', signal, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off')
    await pipeline(lines(client), out, { signal })
    await client.query('COMMIT')
  })

/** Minimum characters per write. */
const PIECE = 64 * 1024

async function* lines(client: ClientBase): AsyncGenerator<string> {
  let piece = ''
  for await (const record of records(client)) {
    piece += `${JSON.stringify(record)}\n`
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}

async function* records(client: ClientBase): AsyncGenerator<object> {
  const { rows } = await client.query<{ uuid: string }>('SELECT uuid FROM catalogue')
  const source = `syro:${rows[0]?.uuid}`
  yield { type: 'catalogue', version: 1, source }
  for await (const { name } of read<GenreRow>(client, selectGenres, 1_000)) yield { type: 'genre', name }
  for await (const row of read<ArtistRow>(client, selectArtists, 1_000, source)) yield toArtist(row)
  for await (const row of read<SongRow>(client, selectSongs, 1_000, source)) yield toSong(row)
  for await (const row of read<AlbumRow>(client, selectAlbums, 200, source)) yield toAlbum(row)
  // Small batches, because a playlist may have tens of thousands of items.
  for await (const row of read<PlaylistRow>(client, selectPlaylists, 10, source)) yield toPlaylist(row)
  for await (const row of read<RedirectRow>(client, selectRedirects, 1_000)) yield { type: 'redirect', ...row }
}

/** The rows of a SELECT, `batch` of them in memory at a time. */
async function* read<Row extends pg.QueryResultRow>(
  client: ClientBase,
  select: string,
  batch: number,
  ...parameters: string[]
): AsyncGenerator<Row> {
  await client.query(`DECLARE export NO SCROLL CURSOR FOR ${select}`, parameters)
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${batch} FROM export`)
    if (rows.length === 0) break
    yield* rows
  }
  await client.query('CLOSE export')
}

/** The value, or undefined (which JSON omits) if it is the default. */
const unless = <Value>(fallback: unknown, value: Value): Value | undefined => (value === fallback ? undefined : value)

const toArtist = ({ id, name, sortName, disambiguation, kind, externalIds }: ArtistRow) => ({
  type: 'artist',
  id,
  name,
  sortName: unless(sortNameOf(name), sortName),
  disambiguation: unless('', disambiguation),
  kind: kind ?? undefined,
  externalIds: externalIds ?? undefined,
})

const toSong = (song: SongRow) => ({
  type: 'song',
  id: song.id,
  title: song.title,
  disambiguation: unless('', song.disambiguation),
  durationMs: song.durationMs ?? undefined,
  composer: song.composer ?? undefined,
  listens: unless(0, Number(song.listens)),
  credits: song.credits?.map(toCredit),
  genres: song.genres ?? undefined,
  externalIds: song.externalIds ?? undefined,
})

const toAlbum = (album: AlbumRow) => ({
  type: 'album',
  id: album.id,
  title: album.title,
  disambiguation: unless('', album.disambiguation),
  kind: unless('album', album.kind),
  date: toDate(album),
  label: album.label ?? undefined,
  credits: album.credits?.map(toCredit),
  genres: album.genres ?? undefined,
  discs: album.discs?.map(({ title, format, tracks }, index, discs) => ({
    position: positionUnlessNext(discs, index),
    title: unless('', title),
    format: unless('', format),
    tracks: tracks?.map(toTrack),
  })),
  externalIds: album.externalIds ?? undefined,
})

const toTrack = (track: TrackRow, index: number, tracks: TrackRow[]) => ({
  position: positionUnlessNext(tracks, index),
  number: unless(String(track.position), track.number),
  title: unless(track.songTitle, track.title),
  durationMs: unless(track.songDurationMs, track.durationMs),
  song: track.song,
})

const toPlaylist = ({ id, name, description, revision, items, externalIds }: PlaylistRow) => ({
  type: 'playlist',
  id,
  name,
  description: unless('', description),
  revision: unless(1, revision),
  items: items?.map(({ song, title, artist, album }) =>
    song === null ? { title, artist: artist ?? undefined, album: album ?? undefined } : { song },
  ),
  externalIds: externalIds ?? undefined,
})

const toCredit = ({ artist, own, name, join, role }: CreditRow) => ({
  artist,
  name: unless(own, name),
  join: unless('', join),
  role: unless('artist', role),
})

/** A position, or undefined if it is the next one. */
function positionUnlessNext(places: { position: number }[], index: number): number | undefined {
  const before = places[index - 1]?.position ?? 0
  return unless(before + 1, places[index]?.position)
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

function toDate({ year, month, day }: AlbumRow): string | undefined {
  if (year === null) return undefined
  return [digits(year, 4), ...[month, day].flatMap((part) => (part === null ? [] : [digits(part, 2)]))].join('-')
}
