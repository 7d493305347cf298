import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { ACCEPTED } from '@/lib/artwork/media-type'
import { toMbid } from '@/lib/catalogue/external-ids'
import { AppError } from '@/lib/errors'

/** Finds the pictures in a folder and the albums that their names refer to. */

/** An album's id, or its MBID (https://musicbrainz.org/doc/MusicBrainz_Identifier) in lower case. */
export type AlbumName = { id: number } | { mbid: string }

/** A picture and its album; null if its name refers to none. */
export type PictureFile = { file: string; of: AlbumName | null }
/** A file that can't be used, and why; null for a file that is no picture by its name. */
export type OtherFile = { file: string; refused: string | null }

const PICTURE = /\.(jpe?g|jfif|jpe|png|webp|avif|gif)$/i
/** Picture formats that are not accepted. */
const OTHER_PICTURE = /\.(svgz?|tiff?|bmp|hei[cf]|jxl|jp2|psd|ico|pdf)$/i
/** The usual names of a cover in an album's folder. */
const COVER = /^(cover|folder|front)$/i
/** PostgreSQL's integer. */
const LARGEST_ID = 2_147_483_647

function nameOf(text: string): AlbumName | null {
  const mbid = toMbid(text)
  if (mbid !== null) return { mbid }
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0
  return id > 0 && id <= LARGEST_ID ? { id } : null
}

/** Reads the album from the file's name, `1432.jpg`, or for a cover from its folder's, `1432/cover.jpg`. */
function ownerOf(file: string): AlbumName | null {
  const name = path.parse(file).name
  return nameOf(name) ?? (COVER.test(name) ? nameOf(path.basename(path.dirname(file))) : null)
}

/**
 * Every file in a folder and its subfolders, sorted by name, without hidden ones. Links to files are followed; links to
 * folders are not, because they may form a loop.
 * @throws AppError if the folder does not exist or can't be read.
 */
export async function* filesIn(folder: string): AsyncGenerator<PictureFile | OtherFile> {
  yield* filesAmong(folder, await entriesOf(folder).catch((error) => Promise.reject(faultOf(folder, error))))
}

async function* filesAmong(folder: string, entries: Dirent[]): AsyncGenerator<PictureFile | OtherFile> {
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

async function fileOf(file: string, entry: Dirent): Promise<PictureFile | OtherFile> {
  const ending = path.extname(file).slice(1).toUpperCase()
  const what = entry.isSymbolicLink() ? await stat(file).catch(() => null) : entry
  if (what?.isDirectory()) return { file, refused: 'It is a link to a folder; such links are not followed.' }
  if (OTHER_PICTURE.test(file)) return { file, refused: `${ending} is not accepted. Use ${ACCEPTED}.` }
  if (!PICTURE.test(file)) return { file, refused: null }
  if (!what) return { file, refused: 'It is a broken link.' }
  return what.isFile() ? { file, of: ownerOf(file) } : { file, refused: 'It is not a regular file.' }
}

/** Error messages for the given folder, by system error code. */
const faults: Record<string, (folder: string) => string> = {
  ENOENT: (folder) => `The folder ${folder} does not exist.`,
  ENOTDIR: (folder) => `${folder} is not a folder. Give the folder of the pictures.`,
  EACCES: (folder) => `No permission to read ${folder}. Grant it to the user that runs this command.`,
}

function faultOf(folder: string, error: unknown): unknown {
  const sentence = error instanceof Error && 'code' in error && faults[String(error.code)]?.(folder)
  return sentence ? new AppError('invalid', sentence, { cause: error }) : error
}
