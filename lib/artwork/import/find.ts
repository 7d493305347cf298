import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** Pictures in a folder, and whose they are by their names. */

/** Names an album: its id here, or its MBID (https://musicbrainz.org/doc/MusicBrainz_Identifier), in lower case. */
export type Name = { id: number } | { mbid: string }

/** A file, and the album that it is a picture of; null where nothing says which. */
export type Found = { file: string; of: Name | null }

const PICTURE = /\.(jpe?g|png|webp|avif|gif)$/i
/** What people call the picture of the album that a folder is of. */
const COVER = /^(cover|folder|front)$/i
const MBID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** PostgreSQL's integer. */
const LARGEST_ID = 2_147_483_647

function nameOf(text: string): Name | null {
  if (MBID.test(text)) return { mbid: text.toLowerCase() }
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0
  return id > 0 && id <= LARGEST_ID ? { id } : null
}

/** By its own name, `1432.jpg`, or that of the folder which it is the cover in, `1432/cover.jpg`. */
function ownerOf(file: string): Name | null {
  const name = path.parse(file).name
  return nameOf(name) ?? (COVER.test(name) ? nameOf(path.basename(path.dirname(file))) : null)
}

/**
 * Every picture in a folder and the folders in it, in the order of their names. Links to files are followed, links to
 * folders are not: they may lead in a circle.
 * @throws what the file system says, where the folder can't be read.
 */
export async function* picturesIn(folder: string): AsyncGenerator<Found> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* picturesIn(file)
    else if (PICTURE.test(entry.name) && (entry.isFile() || (await isFile(file)))) yield { file, of: ownerOf(file) }
  }
}

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isFile() ?? false
