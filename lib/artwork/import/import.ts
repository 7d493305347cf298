import { open } from 'node:fs/promises'
import path from 'node:path'
import { type Given, giveArtwork, OPERATOR } from '@/lib/artwork/commands'
import { MOST_AT_ONCE } from '@/lib/artwork/making/makers'
import { type Taken, takePicture } from '@/lib/artwork/take'
import { MAX_PICTURE_BYTES } from '@/lib/http/body-limit'
import { type Found, picturesIn } from './find'
import { findAlbums, findOperatorsCovers } from './queries'

/** What became of a file. Whatever keeps it from being a cover is said in a sentence. */
export type Outcome = 'given' | 'unchanged' | { unmatched: string } | { refused: string }

export type ImportOptions = {
  /** Stops it: what was taken until then is given to its albums. */
  signal: AbortSignal
  /** Told of each file, in any order. @param file below the folder. @param done of how many. */
  onFile: (file: string, outcome: Outcome, done: number, total: number) => void
  now: () => Date
  take?: (bytes: Uint8Array, options: { signal: AbortSignal }) => Promise<Taken>
}

/** Files that are looked up, and albums that are written, together. */
const BATCH = 100

/**
 * Makes the pictures in a folder the covers of the albums that they are named by. Again, it does only what is new.
 * @throws what keeps all of it from being done: a folder that can't be read, a disk that is full, a database that is gone;
 * and when it is told to stop.
 */
export async function importArtwork(folder: string, options: ImportOptions): Promise<void> {
  const { signal, now, take = takePicture } = options
  const files: Found[] = []
  for await (const found of picturesIn(folder)) files.push(found)
  let done = 0
  const tell = ({ file }: Found, outcome: Outcome) =>
    options.onFile(path.relative(folder, file), outcome, ++done, files.length)
  /** Which file an album has its picture from: a second one is not taken. */
  const taken = new Map<number, string>()

  for (let first = 0; first < files.length && !signal.aborted; first += BATCH) {
    const batch = files.slice(first, first + BATCH)
    const albums = await findAlbums(batch.flatMap(({ of }) => of ?? []))
    const wanted = batch.flatMap((found) => {
      const albumId = albums(found.of)
      const other = albumId === null ? undefined : taken.get(albumId)
      if (albumId === null) tell(found, { unmatched: reasonOf(found) })
      else if (other !== undefined) tell(found, { unmatched: `Album ${albumId} has ${other} already.` })
      else taken.set(albumId, path.relative(folder, found.file))
      return albumId === null || other !== undefined ? [] : [{ ...found, albumId }]
    })
    const covers = await findOperatorsCovers(wanted.map(({ albumId }) => albumId))
    const given: Given[] = []
    const waiting = [...wanted]
    const work = async () => {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        const outcome = await takeFile(next.file, (bytes) => take(bytes, { signal }))
        if ('refused' in outcome) tell(next, outcome)
        else if (covers.get(next.albumId) === outcome.hash) tell(next, 'unchanged')
        else {
          given.push({ albumId: next.albumId, hash: outcome.hash, source: OPERATOR, fetchedAt: now() })
          tell(next, 'given')
        }
      }
    }
    const ended = await Promise.allSettled(Array.from({ length: MOST_AT_ONCE }, work))
    await giveArtwork(given)
    for (const each of ended) if (each.status === 'rejected') throw each.reason
  }
  signal.throwIfAborted()
}

function reasonOf({ of }: Found): string {
  if (of === null) return 'Neither its name nor its folder’s is an album’s id or MBID.'
  return 'id' in of ? `There is no album ${of.id}.` : `No album has the MBID ${of.mbid}.`
}

/** Reads no more of a file than may be taken. */
async function takeFile(file: string, take: (bytes: Uint8Array) => Promise<Taken>): Promise<Taken> {
  const read = async (): Promise<Buffer | string> => {
    const handle = await open(file)
    try {
      const { size } = await handle.stat()
      return size > MAX_PICTURE_BYTES
        ? `It has more than ${MAX_PICTURE_BYTES / 1024 ** 2} MiB.`
        : await handle.readFile()
    } finally {
      await handle.close()
    }
  }
  const bytes = await read().catch((error: Error) => `It can’t be read: ${error.message}.`)
  return typeof bytes === 'string' ? { refused: bytes } : take(bytes)
}
