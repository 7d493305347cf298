import { AppError } from '@/lib/errors'

/** The fields of a row, and the usual names of their columns, folded as by `fold`. */
export const columnNames = {
  title: ['title', 'trackname', 'tracktitle', 'songname', 'songtitle', 'song', 'name', 'track'],
  artist: ['artist', 'artists', 'artistname', 'artistnames', 'trackartist', 'band', 'performer'],
  albumArtist: ['albumartist', 'albumartists', 'albumartistname', 'albumartistnames'],
  album: ['album', 'albumname', 'albumtitle', 'release', 'releasename'],
  disc: ['disc', 'discnumber', 'discno', 'disk', 'disknumber', 'cd'],
  track: ['tracknumber', 'trackno', 'tracknum', 'trackposition', 'track#', 'position', 'no', 'nr', '#', 'track'],
  duration: ['duration', 'length', 'time', 'tracklength', 'tracktime'],
  durationMs: ['durationms', 'milliseconds', 'ms', 'lengthms', 'trackdurationms'],
  durationSeconds: ['durations', 'durationsec', 'durationseconds', 'seconds', 'lengthseconds', 'secs'],
  date: ['date', 'year', 'releasedate', 'releaseyear', 'originaldate', 'originalyear', 'albumreleasedate', 'released'],
  genres: ['genre', 'genres', 'style', 'styles', 'artistgenres'],
  label: ['label', 'recordlabel', 'publisher'],
  isrc: ['isrc'],
  composer: ['composer', 'composers', 'songwriter', 'songwriters'],
  kind: ['kind', 'type', 'albumtype', 'releasetype', 'albumkind'],
  compilation: ['compilation', 'iscompilation', 'partofacompilation'],
  listens: ['listens', 'plays', 'playcount', 'popularity', 'streams', 'scrobbles'],
  id: ['id', 'trackid', 'songid', 'trackuri', 'uri', 'spotifyid'],
  albumId: ['albumid', 'albumuri', 'releaseid'],
  recordingMbid: ['mbid', 'recordingmbid', 'musicbrainzrecordingid', 'musicbrainztrackid', 'trackmbid'],
  artistMbid: ['artistmbid', 'musicbrainzartistid'],
  albumMbid: ['albummbid', 'releasembid', 'releasegroupmbid', 'musicbrainzalbumid', 'musicbrainzreleasegroupid'],
} as const satisfies Record<string, readonly string[]>

export type Field = keyof typeof columnNames
/** The columns of fields, from 0. */
export type Columns = Map<Field, number>

const fields = Object.keys(columnNames)
const isField = (name: string): name is Field => fields.includes(name)

/** "Track Name", "track_name" and "TrackName" are the same. "#" stays, because it is a column name by itself. */
const fold = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, '') || name.trim()

/**
 * Finds the fields of a file by its header.
 * @param given the columns of fields, from `--map title=Song`; a field with an empty column is ignored.
 * @throws AppError "invalid", with the columns of the file, if a column or the title is missing.
 */
export function findColumns(file: string, header: string[], given: Map<string, string>): Columns {
  const columns: Columns = new Map()
  const ignored = new Set<Field>()
  const has = `The file has ${header.map((name) => `"${name}"`).join(', ')}.`
  for (const [field, column] of given) {
    if (!isField(field))
      throw new AppError(
        'invalid',
        `--map ${field}=${column}: there is no field "${field}". The fields are ${fields.join(', ')}.`,
      )
    if (column === '') {
      ignored.add(field)
      continue
    }
    const at = header.findIndex((name) => name === column || fold(name) === fold(column))
    if (at === -1) throw new AppError('invalid', `--map ${field}=${column}: ${file} has no column "${column}". ${has}`)
    columns.set(field, at)
  }
  const taken = new Set(columns.values())
  const folded = header.map(fold)
  for (const [field, names] of Object.entries<readonly string[]>(columnNames)) {
    if (!isField(field) || columns.has(field) || ignored.has(field)) continue
    const at = names.map((name) => folded.indexOf(name)).find((index) => index !== -1 && !taken.has(index))
    if (at === undefined) continue
    columns.set(field, at)
    taken.add(at)
  }
  if (!columns.has('title'))
    throw new AppError(
      'invalid',
      `${file}, line 1: no column is the title of a track. ${has} Name it with --map title=…`,
    )
  return columns
}
