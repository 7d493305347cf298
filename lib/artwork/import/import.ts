import { open } from 'node:fs/promises'
import path from 'node:path'
import { type AddResult, addPicture } from '@/lib/artwork/add-picture'
import { AT_ONCE } from '@/lib/artwork/decoding/decoder-pool'
import { type NewCover, OPERATOR, setCovers } from '@/lib/artwork/write'
import { MAX_PICTURE_BYTES } from '@/lib/http/body-limit'
import { findAlbums, findOperatorsCovers } from './albums'
import { filesIn, type OtherFile, type PictureFile } from './files'

/** The result for a file. Pictures that don't become covers have a sentence with the reason; "other" is no picture. */
export type FileOutcome = 'given' | 'unchanged' | 'other' | { unmatched: string } | { refused: string }

export type ImportOptions = {
  /** Aborts the import; covers added until then are kept. */
  signal: AbortSignal
  /** Called for each file, in any order; for a new cover, after it is committed. @param file relative to the folder. */
  onFile: (file: string, outcome: FileOutcome) => void
  /** Called after each file. */
  onProgress?: (done: number, total: number) => void
  now: () => Date
  /** Pictures processed at a time. */
  atOnce?: number
  take?: (bytes: Uint8Array, options: { signal: AbortSignal }) => Promise<AddResult>
}

/** Files per lookup and per transaction. */
const BATCH = 100

type AlbumPicture = PictureFile & { albumId: number }

/**
 * Sets the pictures in a folder as covers of the albums that their names refer to. A second run imports only new ones.
 * @throws if the whole import fails (unreadable folder, full disk, no database), and when `signal` aborts.
 */
export async function importArtwork(folder: string, options: ImportOptions): Promise<void> {
  const { signal, now, atOnce = AT_ONCE, take = addPicture } = options
  const files: PictureFile[] = []
  const others: OtherFile[] = []
  for await (const found of filesIn(folder)) 'of' in found ? files.push(found) : others.push(found)
  let done = 0
  const tell = ({ file }: { file: string }, outcome: FileOutcome) =>
    options.onFile(path.relative(folder, file), outcome)
  const count = () => options.onProgress?.(++done, files.length + others.length)
  for (const other of others) {
    tell(other, other.refused === null ? 'other' : { refused: other.refused })
    count()
  }
  /** The file that each album's cover came from; further files are not used. */
  const hashes = new Map<number, string>()

  for (let first = 0; first < files.length && !signal.aborted; first += BATCH) {
    const batch = files.slice(first, first + BATCH)
    const albums = await findAlbums(batch.flatMap(({ of }) => of ?? []))
    const picturesByAlbum = new Map<number, AlbumPicture[]>()
    for (const found of batch) {
      const albumId = albums(found.of)
      if (albumId === null) {
        tell(found, { unmatched: reasonOf(found) })
        count()
      } else picturesByAlbum.set(albumId, [...(picturesByAlbum.get(albumId) ?? []), { ...found, albumId }])
    }
    const covers = await findOperatorsCovers([...picturesByAlbum.keys()])
    const newCovers: (NewCover & AlbumPicture)[] = []
    /** @returns null if its cover is to be set. */
    const takeOne = async (next: AlbumPicture): Promise<FileOutcome | null> => {
      const { albumId, file } = next
      const other = hashes.get(albumId)
      if (other !== undefined) return { unmatched: `Album ${albumId} already has ${other}.` }
      const outcome = await takeFile(file, (bytes) => take(bytes, { signal }))
      if ('refused' in outcome) return outcome
      hashes.set(albumId, path.relative(folder, file))
      if (covers.get(albumId) === outcome.hash) return 'unchanged'
      newCovers.push({ ...next, hash: outcome.hash, source: OPERATOR, fetchedAt: now() })
      return null
    }
    const waiting = [...picturesByAlbum.values()]
    const work = async () => {
      // Files of one album are processed in sequence: the first usable one wins.
      for (let ofAlbum = waiting.shift(); ofAlbum; ofAlbum = waiting.shift())
        for (const next of ofAlbum) {
          if (signal.aborted) return
          const outcome = await takeOne(next)
          if (outcome) tell(next, outcome)
          count()
        }
    }
    const ended = await Promise.allSettled(Array.from({ length: atOnce }, work))
    await setCovers(newCovers)
    for (const each of newCovers) tell(each, 'given')
    for (const each of ended) if (each.status === 'rejected') throw each.reason
  }
  signal.throwIfAborted()
}

function reasonOf({ of }: PictureFile): string {
  if (of === null) return 'Neither its name nor its folder’s is an album’s id or MBID.'
  return 'id' in of ? `Album ${of.id} was not found.` : `No album has the MBID ${of.mbid}.`
}

/** Checks the size before it reads the file. */
async function takeFile(file: string, take: (bytes: Uint8Array) => Promise<AddResult>): Promise<AddResult> {
  const read = async (): Promise<Buffer | string> => {
    const handle = await open(file)
    try {
      const { size } = await handle.stat()
      return size > MAX_PICTURE_BYTES
        ? `The file is larger than ${MAX_PICTURE_BYTES / 1024 ** 2} MiB.`
        : await handle.readFile()
    } finally {
      await handle.close()
    }
  }
  const bytes = await read().catch((error: Error) => `It can’t be read: ${error.message}.`)
  return typeof bytes === 'string' ? { refused: bytes } : take(bytes)
}
