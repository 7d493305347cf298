import type { ClientBase } from 'pg'
import { storedValue } from '@/lib/catalogue/external-ids'
import { sortKey, sortNameOf, titleSortKey } from '@/lib/catalogue/sort-key'
import { type Cell, CopyWriter } from '@/lib/db/copy'
import { absentFields, type CompleteAlbum, type CompleteSong, withDefaults } from '@/lib/imports/complete-records'
import type { EntityKey, Fault, ImportRecord, ImportRow, SharedRecord } from '@/lib/imports/reader'
import {
  type AlbumRecord,
  type ArtistRecord,
  type PlaylistRecord,
  positions,
  type SongRecord,
} from '@/lib/imports/records'
import { createStagingTables, type StagingTable } from './tables'

type RowPosition = { file: number; line: number }
type Entity = 'artist' | 'song' | 'album' | 'playlist'
type Item = { song?: string | null; title?: string | null; artist?: string | null; album?: string | null }

/** Writes the rows of an import to the staging tables. */
export class Stage {
  readonly #out: CopyWriter<StagingTable>
  readonly #counts = new Map<ImportRecord['type'], number>()
  readonly #keepRows: boolean

  private constructor(client: ClientBase, keepRows: boolean) {
    this.#out = new CopyWriter(client)
    this.#keepRows = keepRows
  }

  /** @param keepRows whether to keep original rows, for the file of rejected rows. */
  static async open(client: ClientBase, keepRows: boolean): Promise<Stage> {
    await client.query(createStagingTables)
    return new Stage(client, keepRows)
  }

  add(file: number, entry: ImportRow): void {
    const at = { file, line: entry.line }
    if (this.#keepRows) this.#out.write('in_row', file, entry.line, toRowText(entry.row))
    if ('fault' in entry) this.#addFault(at, entry.fault, entry.named)
    else for (const record of entry.records) this.#addRecord(at, record)
  }

  /** Waits while the send buffer is full. */
  drain = (): Promise<void> => this.#out.drain()

  /** Waits until all rows are in the tables. */
  flush = (): Promise<void> => this.#out.flush()

  #number(type: ImportRecord['type']): number {
    const n = this.#counts.get(type) ?? 0
    this.#counts.set(type, n + 1)
    return n
  }

  #addFault({ file, line }: RowPosition, { field, expected }: Fault, named: EntityKey | null): void {
    this.#out.write('in_fault', file, line, named?.entity ?? null, named?.key ?? null, field, expected)
  }

  #addRecord(at: RowPosition, record: ImportRecord): void {
    const n = this.#number(record.type)
    const row: Cell[] = [n, at.file, at.line]
    const out = this.#out
    switch (record.type) {
      case 'artist':
        this.#addArtist(n, row, record)
        break
      case 'song':
        this.#addSong(n, row, record)
        break
      case 'album':
        this.#addAlbum(n, row, record)
        break
      case 'playlist':
        this.#addPlaylist(n, row, record)
        break
      case 'genre':
        out.write('in_genre', n, record.name)
        break
      case 'redirect':
        out.write('in_redirect', ...row, record.entity, record.from, record.to)
        break
      case 'place':
        row.push(
          record.album,
          record.song,
          record.disc,
          record.number,
          record.printed,
          null,
          null,
          record.inheritsCredits,
        )
        out.write('in_place', ...row)
        break
      case 'entry':
        out.write('in_entry', ...row, record.playlist, record.song)
        break
    }
  }

  #addArtist(n: number, row: Cell[], record: ArtistRecord & SharedRecord): void {
    const { id, name, sortName = sortNameOf(name), disambiguation, kind, externalIds } = withDefaults(record)
    row.push(...headOf(record), id, name, sortName, disambiguation, kind, sortKey(sortName))
    this.#out.write('in_artist', ...row)
    this.#addExternalIds('artist', n, externalIds)
  }

  #addSong(n: number, row: Cell[], record: SongRecord & SharedRecord): void {
    const { id, title, disambiguation, durationMs, composer, listens, credits, genres, externalIds } =
      withDefaults(record)
    row.push(...headOf(record), id, title, disambiguation, durationMs, composer, listens, titleSortKey(title))
    this.#out.write('in_song', ...row)
    this.#addCredits('in_song_credit', n, credits)
    for (const name of genres) this.#out.write('in_song_genre', n, name)
    this.#addExternalIds('song', n, externalIds)
  }

  #addAlbum(n: number, row: Cell[], record: AlbumRecord & SharedRecord): void {
    const { id, title, disambiguation, kind, date, label, credits, genres, discs, externalIds } = withDefaults(record)
    const [year = null, month = null, day = null] = date?.split('-').map(Number) ?? []
    row.push(...headOf(record), id, title, disambiguation, kind, year, month, day, label, titleSortKey(title))
    this.#out.write('in_album', ...row)
    this.#addCredits('in_album_credit', n, credits)
    for (const name of genres) this.#out.write('in_album_genre', n, name)
    this.#addExternalIds('album', n, externalIds)
    this.#addDiscs(n, discs)
  }

  #addDiscs(n: number, discs: CompleteAlbum['discs']): void {
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

  #addPlaylist(n: number, row: Cell[], record: PlaylistRecord & SharedRecord): void {
    const { id, name, description, revision, items, externalIds } = withDefaults(record)
    this.#out.write('in_playlist', ...row, ...headOf(record), id, name, description, revision, titleSortKey(name))
    for (const [index, item] of items.entries()) {
      const { song = null, title = null, artist = null, album = null }: Item = item
      this.#out.write('in_playlist_item', n, index + 1, song, title, artist, album)
    }
    this.#addExternalIds('playlist', n, externalIds)
  }

  #addCredits(table: 'in_song_credit' | 'in_album_credit', n: number, credits: CompleteSong['credits']): void {
    let position = 0
    for (const { artist, name, join, role } of credits)
      this.#out.write(table, n, ++position, artist, name ?? null, join, role)
  }

  #addExternalIds(entity: Entity, n: number, externalIds: CompleteSong['externalIds']): void {
    for (const { source, value } of externalIds)
      this.#out.write(`in_${entity}_external_id`, n, source, storedValue(source, value))
  }
}

/** The columns before the key, which all things have. */
const headOf = (
  record: (ArtistRecord | SongRecord | AlbumRecord | PlaylistRecord) & SharedRecord,
): [boolean, string] => [record.shared ?? false, `{${absentFields(record).join(',')}}`]

/** Without NUL, which PostgreSQL's text can't contain and a rejected row may. */
const toRowText = (row: unknown): string => JSON.stringify(row).replaceAll('\\u0000', '\\ufffd').toWellFormed()
