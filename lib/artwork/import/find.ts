import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { TAKEN } from '@/lib/artwork/type'
import { toMbid } from '@/lib/catalogue/external-ids'
import { AppError } from '@/lib/errors'

/** Pictures in a folder, and whose they are by their names. */

/** Names an album: its id here, or its MBID (https://musicbrainz.org/doc/MusicBrainz_Identifier), in lower case. */
export type Name = { id: number } | { mbid: string }

/** A picture, and the album that it is of; null where nothing says which. */
export type Found = { file: string; of: Name | null }
/** What is no picture that can be taken though its name says so, and why; null where it does not: a song, a text. */
export type Other = { file: string; refused: string | null }

const PICTURE = /\.(jpe?g|jfif|jpe|png|webp|avif|gif)$/i
/** Pictures too, which are not taken. */
const OTHER_PICTURE = /\.(svgz?|tiff?|bmp|hei[cf]|jxl|jp2|psd|ico|pdf)$/i
/** What people call the picture of the album that a folder is of. */
const COVER = /^(cover|folder|front)$/i
/** PostgreSQL's integer. */
const LARGEST_ID = 2_147_483_647

function nameOf(text: string): Name | null {
  const mbid = toMbid(text)
  if (mbid !== null) return { mbid }
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0
  return id > 0 && id <= LARGEST_ID ? { id } : null
}

/** By its own name, `1432.jpg`, or that of the folder which it is the cover in, `1432/cover.jpg`. */
function ownerOf(file: string): Name | null {
  const name = path.parse(file).name
  return nameOf(name) ?? (COVER.test(name) ? nameOf(path.basename(path.dirname(file))) : null)
}

/**
 * Every file in a folder and the folders in it, in the order of their names; none that is hidden. Links to files are
 * followed, links to folders are not: they may lead in a circle.
 * @throws AppError where there is no such folder, or it can't be read.
 */
export async function* filesIn(folder: string): AsyncGenerator<Found | Other> {
  yield* filesAmong(folder, await entriesOf(folder).catch((error) => Promise.reject(faultOf(folder, error))))
}

async function* filesAmong(folder: string, entries: Dirent[]): AsyncGenerator<Found | Other> {
  for (const entry of entries) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) {
      const below = await entriesOf(file).catch((error: Error) => error)
      if (below instanceof Error) yield { file, refused: `It can’t be read: ${below.message}.` }
      else yield* filesAmong(file, below)
    } else yield await fileOf(file, entry)
  }
}

const entriesOf = async (folder: string): Promise<Dirent[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))

async function fileOf(file: string, entry: Dirent): Promise<Found | Other> {
  const ending = path.extname(file).slice(1).toUpperCase()
  const what = entry.isSymbolicLink() ? await stat(file).catch(() => null) : entry
  if (what?.isDirectory()) return { file, refused: 'It is a link to a folder, which is not followed.' }
  if (OTHER_PICTURE.test(file)) return { file, refused: `${ending} is not taken: ${TAKEN} are.` }
  if (!PICTURE.test(file)) return { file, refused: null }
  if (!what) return { file, refused: 'It is a link that leads nowhere.' }
  return what.isFile() ? { file, of: ownerOf(file) } : { file, refused: 'It is no file.' }
}

/** Faults with a folder that its name may explain, by what the system calls them. */
const faults: Record<string, (folder: string) => string> = {
  ENOENT: (folder) => `There is no folder ${folder}.`,
  ENOTDIR: (folder) => `${folder} is no folder: give the one that the pictures are in.`,
  EACCES: (folder) => `${folder} may not be read: let the user that runs this do so.`,
}

function faultOf(folder: string, error: unknown): unknown {
  const sentence = error instanceof Error && 'code' in error && faults[String(error.code)]?.(folder)
  return sentence ? new AppError('invalid', sentence, { cause: error }) : error
}
