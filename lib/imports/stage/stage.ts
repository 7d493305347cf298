import type { ClientBase } from 'pg'
import { storedValue } from '@/lib/catalogue/external-ids'
import { sortKey, sortNameOf, titleSortKey } from '@/lib/catalogue/sort-key'
import { type Cell, CopyWriter } from '@/lib/db/copy'
import { absentFields, toWhole, type WholeAlbum, type WholeSong } from '@/lib/imports/complete-records'
import type { Entry, Fault, Named, Part, Shared } from '@/lib/imports/reader'
import {
  type AlbumRecord,
  type ArtistRecord,
  type PlaylistRecord,
  positions,
  type SongRecord,
} from '@/lib/imports/records'
import { createStagingTables, type StagingTable } from './tables'

type Place = { file: number; line: number }
type Entity = 'artist' | 'song' | 'album' | 'playlist'
type Item = { song?: string | null; title?: string | null; artist?: string | null; album?: string | null }

/** Takes a run's entries into the staging tables of its session. */
export class Stage {
  readonly #out: CopyWriter<StagingTable>
  readonly #counts = new Map<Part['type'], number>()
  readonly #keepRows: boolean

  private constructor(client: ClientBase, keepRows: boolean) {
    this.#out = new CopyWriter(client)
    this.#keepRows = keepRows
  }

  /** @param keepRows keep each row as it came, so that rejected ones can be written. */
  static async open(client: ClientBase, keepRows: boolean): Promise<Stage> {
    await client.query(createStagingTables)
    return new Stage(client, keepRows)
  }

  add(file: number, entry: Entry): void {
    const at = { file, line: entry.line }
    if (this.#keepRows) this.#out.write('in_row', file, entry.line, toRowText(entry.row))
    if ('fault' in entry) this.#addFault(at, entry.fault, entry.named)
    else for (const part of entry.parts) this.#addPart(at, part)
  }

  /** Waits while too much is on its way to PostgreSQL. */
  drain = (): Promise<void> => this.#out.drain()

  /** Waits until all is in the tables. */
  flush = (): Promise<void> => this.#out.flush()

  #number(type: Part['type']): number {
    const n = this.#counts.get(type) ?? 0
    this.#counts.set(type, n + 1)
    return n
  }

  #addFault({ file, line }: Place, { field, expected }: Fault, named: Named | null): void {
    this.#out.write('in_fault', file, line, named?.entity ?? null, named?.key ?? null, field, expected)
  }

  #addPart(at: Place, part: Part): void {
    const n = this.#number(part.type)
    const row: Cell[] = [n, at.file, at.line]
    const out = this.#out
    switch (part.type) {
      case 'artist':
        this.#addArtist(n, row, part)
        break
      case 'song':
        this.#addSong(n, row, part)
        break
      case 'album':
        this.#addAlbum(n, row, part)
        break
      case 'playlist':
        this.#addPlaylist(n, row, part)
        break
      case 'genre':
        out.write('in_genre', n, part.name)
        break
      case 'redirect':
        out.write('in_redirect', ...row, part.entity, part.from, part.to)
        break
      case 'place':
        row.push(part.album, part.song, part.disc, part.number, part.printed, null, null, part.inheritsCredits)
        out.write('in_place', ...row)
        break
      case 'entry':
        out.write('in_entry', ...row, part.playlist, part.song)
        break
    }
  }

  #addArtist(n: number, row: Cell[], part: ArtistRecord & Shared): void {
    const { id, name, sortName = sortNameOf(name), disambiguation, kind, externalIds } = toWhole(part)
    row.push(...headOf(part), id, name, sortName, disambiguation, kind, sortKey(sortName))
    this.#out.write('in_artist', ...row)
    this.#addExternalIds('artist', n, externalIds)
  }

  #addSong(n: number, row: Cell[], part: SongRecord & Shared): void {
    const { id, title, disambiguation, durationMs, composer, listens, credits, genres, externalIds } = toWhole(part)
    row.push(...headOf(part), id, title, disambiguation, durationMs, composer, listens, titleSortKey(title))
    this.#out.write('in_song', ...row)
    this.#addCredits('in_song_credit', n, credits)
    for (const name of genres) this.#out.write('in_song_genre', n, name)
    this.#addExternalIds('song', n, externalIds)
  }

  #addAlbum(n: number, row: Cell[], part: AlbumRecord & Shared): void {
    const { id, title, disambiguation, kind, date, label, credits, genres, discs, externalIds } = toWhole(part)
    const [year = null, month = null, day = null] = date?.split('-').map(Number) ?? []
    row.push(...headOf(part), id, title, disambiguation, kind, year, month, day, label, titleSortKey(title))
    this.#out.write('in_album', ...row)
    this.#addCredits('in_album_credit', n, credits)
    for (const name of genres) this.#out.write('in_album_genre', n, name)
    this.#addExternalIds('album', n, externalIds)
    this.#addDiscs(n, discs)
  }

  #addDiscs(n: number, discs: WholeAlbum['discs']): void {
    const discPositions = positions(discs)
    for (const [d, { title, format, tracks }] of discs.entries()) {
      const disc = discPositions[d] ?? null
      this.#out.write('in_disc', n, disc, title, format)
      const trackPositions = positions(tracks)
      for (const [t, { number = null, title = null, durationMs, song }] of tracks.entries()) {
        const duration = [durationMs !== undefined, durationMs ?? null]
        this.#out.write('in_track', n, disc, trackPositions[t] ?? null, number, title, ...duration, song)
      }
    }
  }

  #addPlaylist(n: number, row: Cell[], part: PlaylistRecord & Shared): void {
    const { id, name, description, revision, items, externalIds } = toWhole(part)
    this.#out.write('in_playlist', ...row, ...headOf(part), id, name, description, revision, titleSortKey(name))
    for (const [index, item] of items.entries()) {
      const { song = null, title = null, artist = null, album = null }: Item = item
      this.#out.write('in_playlist_item', n, index + 1, song, title, artist, album)
    }
    this.#addExternalIds('playlist', n, externalIds)
  }

  #addCredits(table: 'in_song_credit' | 'in_album_credit', n: number, credits: WholeSong['credits']): void {
    let position = 0
    for (const { artist, name, join, role } of credits)
      this.#out.write(table, n, ++position, artist, name ?? null, join, role)
  }

  #addExternalIds(entity: Entity, n: number, externalIds: WholeSong['externalIds']): void {
    for (const { source, value } of externalIds)
      this.#out.write(`in_${entity}_external_id`, n, source, storedValue(source, value))
  }
}

/** The columns that all things have in front of their key. */
const headOf = (part: (ArtistRecord | SongRecord | AlbumRecord | PlaylistRecord) & Shared): [boolean, string] => [
  part.shared ?? false,
  `{${absentFields(part).join(',')}}`,
]

/** Without NUL, which PostgreSQL's text does not hold: a row may be rejected for just that. */
const toRowText = (row: unknown): string => JSON.stringify(row).replaceAll('\\u0000', '\\ufffd').toWellFormed()
