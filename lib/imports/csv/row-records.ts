import { createHash } from 'node:crypto'
import { type CompleteSong, definedFields } from '@/lib/imports/complete-records'
import type { ImportRecord } from '@/lib/imports/reader'
import type { AlbumRecord, ArtistRecord, SongRecord } from '@/lib/imports/records'
import type { Row } from './row'

/**
 * Makes the records of a row: artists, an album, a song and its place on the album. Other rows repeat some of them, so all
 * are shared. Their keys are the file's ids, or else derived from the row. A blank cell is like a missing column.
 */

const VARIOUS = 'Various Artists'

/** Recent things, so that neighbouring rows of an album don't repeat its records. */
const MAX_REMEMBERED = 10_000

/** The title and fields that earlier rows gave an album. */
type KnownAlbum = { title: string; fields: Set<string> }

export class RowRecords {
  #known = new Set<string>()
  #albums = new Map<string, KnownAlbum>()

  of(row: Row): ImportRecord[] {
    const { title = '', artist: artists = [], album } = row
    const song = keyOf('song', row.id ?? row.recordingMbid ?? row.isrc, [
      ...artists.map(fold),
      fold(title),
      ...(album ? [albumKey(row), String(row.disc ?? ''), row.track?.printed ?? ''] : []),
    ])
    const records: ImportRecord[] = [...this.#artists(artists, row.artistMbid), ...this.#album(row), toSong(song, row)]
    if (album) {
      const { number = null, printed = null } = row.track ?? {}
      records.push({
        type: 'place',
        album: albumKey(row),
        song,
        disc: row.disc ?? null,
        number,
        printed,
        inheritsCredits: false,
      })
    }
    return records
  }

  #isNew(key: string): boolean {
    if (this.#known.has(key)) return false
    if (this.#known.size >= MAX_REMEMBERED) this.#known = new Set()
    this.#known.add(key)
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

  #album(row: Row): ImportRecord[] {
    if (!row.album) return []
    const id = albumKey(row)
    const names = albumArtists(row)
    const mbid = names === row.artist ? row.artistMbid : undefined
    const fields: Partial<AlbumRecord> = definedFields({
      kind: row.kind ?? (row.compilation ? 'compilation' : undefined),
      date: row.date,
      label: row.label,
      credits: names.length > 0 ? toCredits(names, mbid) : undefined,
      externalIds: row.albumMbid ? [{ source: 'musicbrainz', value: row.albumMbid }] : undefined,
    })
    if (!this.#isNews(id, fold(row.album), Object.keys(fields))) return []
    return [...this.#artists(names, mbid), { type: 'album', shared: true, id, title: row.album, ...fields }]
  }

  /** Whether a row adds a field to its album or contradicts its title. */
  #isNews(id: string, title: string, fields: string[]): boolean {
    const known = this.#albums.get(id)
    if (known?.title === title && fields.every((field) => known.fields.has(field))) return false
    if (known === undefined) {
      if (this.#albums.size >= MAX_REMEMBERED) this.#albums = new Map()
      this.#albums.set(id, { title, fields: new Set(fields) })
    } else if (known.title === title) for (const field of fields) known.fields.add(field)
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
    ...definedFields({
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

const toCredits = (names: string[], mbid?: string): CompleteSong['credits'] =>
  names.map((name, index) => ({
    artist: artistKey(name, names.length === 1 ? mbid : undefined),
    name,
    join: index < names.length - 1 ? ', ' : '',
    role: 'artist',
  }))

/** Without an album artist, a compilation is by various artists, and another album by the song's. */
const albumArtists = ({ albumArtist, compilation, artist = [] }: Row): string[] =>
  albumArtist ?? (compilation ? [VARIOUS] : artist)

const fold = (name: string): string => name.normalize('NFC').toLowerCase()
const artistKey = (name: string, mbid?: string): string => keyOf('artist', mbid, [fold(name)])
const albumKey = (row: Row): string =>
  keyOf('album', row.albumId ?? row.albumMbid, [...albumArtists(row).map(fold), fold(row.album ?? '')])

/** Longer keys are replaced by their hash. */
const MAX_KEY = 200

/** The id, or else an unambiguous text of the identifying content. */
function keyOf(kind: string, id: string | undefined, content: string[]): string {
  if (id !== undefined) return id
  const key = JSON.stringify(content)
  return key.length <= MAX_KEY ? key : createHash('sha256').update(`${kind} ${key}`).digest('hex')
}
