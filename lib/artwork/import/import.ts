import { open } from 'node:fs/promises'
import path from 'node:path'
import { AT_ONCE } from '@/lib/artwork/making/makers'
import { type Taken, takePicture } from '@/lib/artwork/take'
import { type Given, giveArtwork, OPERATOR } from '@/lib/artwork/write'
import { MAX_PICTURE_BYTES } from '@/lib/http/body-limit'
import { type Found, filesIn, type Other } from './find'
import { findAlbums, findOperatorsCovers } from './read'

/**
 * What became of a file. Whatever keeps a picture from being a cover is said in a sentence; of what is no picture by its
 * name nothing is.
 */
export type Outcome = 'given' | 'unchanged' | 'other' | { unmatched: string } | { refused: string }

export type ImportOptions = {
  /** Stops it: what was taken until then is given to its albums. */
  signal: AbortSignal
  /** Told of each file, in any order; of one that is given, when it is its album’s cover. @param file below the folder. */
  onFile: (file: string, outcome: Outcome) => void
  /** Told as soon as a file has been dealt with, of how many that was. */
  onProgress?: (done: number, total: number) => void
  now: () => Date
  /** Pictures at a time. */
  atOnce?: number
  take?: (bytes: Uint8Array, options: { signal: AbortSignal }) => Promise<Taken>
}

/** Files that are looked up, and albums that are written, together. */
const BATCH = 100

type Wanted = Found & { albumId: number }

/**
 * Makes the pictures in a folder the covers of the albums that they are named by. Again, it does only what is new.
 * @throws what keeps all of it from being done: a folder that can't be read, a disk that is full, a database that is gone;
 * and when it is told to stop.
 */
export async function importArtwork(folder: string, options: ImportOptions): Promise<void> {
  const { signal, now, atOnce = AT_ONCE, take = takePicture } = options
  const files: Found[] = []
  const others: Other[] = []
  for await (const found of filesIn(folder)) 'of' in found ? files.push(found) : others.push(found)
  let done = 0
  const tell = ({ file }: { file: string }, outcome: Outcome) => options.onFile(path.relative(folder, file), outcome)
  const count = () => options.onProgress?.(++done, files.length + others.length)
  for (const other of others) {
    tell(other, other.refused === null ? 'other' : { refused: other.refused })
    count()
  }
  /** Which file an album has its picture from: another one is not taken. */
  const taken = new Map<number, string>()

  for (let first = 0; first < files.length && !signal.aborted; first += BATCH) {
    const batch = files.slice(first, first + BATCH)
    const albums = await findAlbums(batch.flatMap(({ of }) => of ?? []))
    const wanted = new Map<number, Wanted[]>()
    for (const found of batch) {
      const albumId = albums(found.of)
      if (albumId === null) {
        tell(found, { unmatched: reasonOf(found) })
        count()
      } else wanted.set(albumId, [...(wanted.get(albumId) ?? []), { ...found, albumId }])
    }
    const covers = await findOperatorsCovers([...wanted.keys()])
    const given: (Given & Wanted)[] = []
    /** @returns null where it is to be given. */
    const takeOne = async (next: Wanted): Promise<Outcome | null> => {
      const { albumId, file } = next
      const other = taken.get(albumId)
      if (other !== undefined) return { unmatched: `Album ${albumId} has ${other} already.` }
      const outcome = await takeFile(file, (bytes) => take(bytes, { signal }))
      if ('refused' in outcome) return outcome
      taken.set(albumId, path.relative(folder, file))
      if (covers.get(albumId) === outcome.hash) return 'unchanged'
      given.push({ ...next, hash: outcome.hash, source: OPERATOR, fetchedAt: now() })
      return null
    }
    const waiting = [...wanted.values()]
    const work = async () => {
      // Those of one album one after the other: whether the next is taken depends on those before.
      for (let ofAlbum = waiting.shift(); ofAlbum; ofAlbum = waiting.shift())
        for (const next of ofAlbum) {
          if (signal.aborted) return
          const outcome = await takeOne(next)
          if (outcome) tell(next, outcome)
          count()
        }
    }
    const ended = await Promise.allSettled(Array.from({ length: atOnce }, work))
    await giveArtwork(given)
    for (const each of given) tell(each, 'given')
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
