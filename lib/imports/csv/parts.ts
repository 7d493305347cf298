import { createHash } from 'node:crypto'
import { given, type WholeSong } from '@/lib/imports/complete-records'
import type { Part } from '@/lib/imports/reader'
import type { AlbumRecord, ArtistRecord, SongRecord } from '@/lib/imports/records'
import type { Row } from './row'

/**
 * What a row says: artists, an album, a song and its place on the album. Other rows say some of it again, so all are
 * shared. Their keys come from ids where the file has them, else from what the row says. A cell that is blank, or whose
 * column is not there, says nothing of its field.
 */

const VARIOUS = 'Various Artists'

/** This many things are remembered, so that neighbouring rows of an album don't say it all again. */
const REMEMBERED = 10_000

/** What rows have said of an album so far. */
type SaidAlbum = { title: string; fields: Set<string> }

export class RowParts {
  #said = new Set<string>()
  #albums = new Map<string, SaidAlbum>()

  of(row: Row): Part[] {
    const { title = '', artist: artists = [], album } = row
    const song = keyOf('song', row.id ?? row.recordingMbid ?? row.isrc, [
      ...artists.map(fold),
      fold(title),
      ...(album ? [albumKey(row), String(row.disc ?? ''), row.track?.printed ?? ''] : []),
    ])
    const parts: Part[] = [...this.#artists(artists, row.artistMbid), ...this.#album(row), toSong(song, row)]
    if (album) {
      const { number = null, printed = null } = row.track ?? {}
      parts.push({
        type: 'place',
        album: albumKey(row),
        song,
        disc: row.disc ?? null,
        number,
        printed,
        inheritsCredits: false,
      })
    }
    return parts
  }

  #isNew(key: string): boolean {
    if (this.#said.has(key)) return false
    if (this.#said.size >= REMEMBERED) this.#said = new Set()
    this.#said.add(key)
    return true
  }

  #artists(names: string[], mbid?: string): (ArtistRecord & { shared: true })[] {
    return names.flatMap((name) => {
      const id = artistKey(name, names.length === 1 ? mbid : undefined)
      if (!this.#isNew(`artist ${id}`)) return []
      const externalIds = mbid && names.length === 1 ? [{ source: 'musicbrainz', value: mbid }] : []
      return [{ type: 'artist', shared: true, id, name, externalIds }]
    })
  }

  #album(row: Row): Part[] {
    if (!row.album) return []
    const id = albumKey(row)
    const names = albumArtists(row)
    const mbid = names === row.artist ? row.artistMbid : undefined
    const fields: Partial<AlbumRecord> = given({
      kind: row.kind ?? (row.compilation ? 'compilation' : undefined),
      date: row.date,
      label: row.label,
      credits: names.length > 0 ? toCredits(names, mbid) : undefined,
      externalIds: row.albumMbid ? [{ source: 'musicbrainz', value: row.albumMbid }] : undefined,
    })
    if (!this.#isNews(id, fold(row.album), Object.keys(fields))) return []
    return [...this.#artists(names, mbid), { type: 'album', shared: true, id, title: row.album, ...fields }]
  }

  /** Whether a row adds a field to its album, or contradicts its title. */
  #isNews(id: string, title: string, fields: string[]): boolean {
    const said = this.#albums.get(id)
    if (said?.title === title && fields.every((field) => said.fields.has(field))) return false
    if (said === undefined) {
      if (this.#albums.size >= REMEMBERED) this.#albums = new Map()
      this.#albums.set(id, { title, fields: new Set(fields) })
    } else if (said.title === title) for (const field of fields) said.fields.add(field)
    return true
  }
}

function toSong(id: string, row: Row): SongRecord & { shared: true } {
  const { recordingMbid, isrc, artist = [], composer, listens, genres } = row
  return {
    type: 'song',
    shared: true,
    id,
    title: row.title ?? '',
    ...given({
      durationMs: row.durationMs ?? row.durationSeconds ?? row.duration,
      composer,
      listens,
      genres,
      credits: artist.length > 0 ? toCredits(artist, row.artistMbid) : undefined,
    }),
    externalIds: [
      ...(recordingMbid ? [{ source: 'musicbrainz', value: recordingMbid }] : []),
      ...(isrc ? [{ source: 'isrc', value: isrc }] : []),
    ],
  }
}

const toCredits = (names: string[], mbid?: string): WholeSong['credits'] =>
  names.map((name, index) => ({
    artist: artistKey(name, names.length === 1 ? mbid : undefined),
    name,
    join: index < names.length - 1 ? ', ' : '',
    role: 'artist',
  }))

/** Whose album it is, where the row does not say: a compilation's is by many, another's by whom the song is by. */
const albumArtists = ({ albumArtist, compilation, artist = [] }: Row): string[] =>
  albumArtist ?? (compilation ? [VARIOUS] : artist)

const fold = (name: string): string => name.normalize('NFC').toLowerCase()
const artistKey = (name: string, mbid?: string): string => keyOf('artist', mbid, [fold(name)])
const albumKey = (row: Row): string =>
  keyOf('album', row.albumId ?? row.albumMbid, [...albumArtists(row).map(fold), fold(row.album ?? '')])

/** A key has at most 200 characters; a longer one is a hash of itself. */
const MAX_KEY = 200

/** The id, or what a thing is told apart by, as text that tells apart whatever differs. */
function keyOf(kind: string, id: string | undefined, content: string[]): string {
  if (id !== undefined) return id
  const key = JSON.stringify(content)
  return key.length <= MAX_KEY ? key : createHash('sha256').update(`${kind} ${key}`).digest('hex')
}
