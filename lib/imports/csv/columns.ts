import { AppError } from '@/lib/errors'

/** The fields of a row, and the names that columns of such files usually have, folded as `fold` does. */
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
/** For each field that the file has, the column it is in, from 0. */
export type Columns = Map<Field, number>

const fields = Object.keys(columnNames)
const isField = (name: string): name is Field => fields.includes(name)

/** "Track Name", "track_name" and "TrackName" are the same; "#" stays, for it names a column by itself. */
const fold = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]+/gu, '') || name.trim()

/**
 * Finds the fields of a file by its header. `given` says of fields which column they are, by `--map title=Song`; one
 * with an empty column is left out.
 * @throws AppError "invalid", which says what the file has, where a column is not there or no title is found.
 */
export function findColumns(file: string, header: string[], given: Map<string, string>): Columns {
  const columns: Columns = new Map()
  const ignored = new Set<Field>()
  const has = `The file has ${header.map((name) => `"${name}"`).join(', ')}.`
  for (const [field, column] of given) {
    if (!isField(field))
      throw new AppError(
        'invalid',
        `--map ${field}=${column}: there is no field "${field}". There are ${fields.join(', ')}.`,
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
    throw new AppError('invalid', `${file}, line 1: no column is the title of a track. ${has} Say which: --map title=…`)
  return columns
}
