import { createHash } from 'node:crypto'
import { fileNamesOf } from '@/lib/catalogue/artwork/variants'
import { MAX_PICTURE_BYTES } from '@/lib/http/body-limit'
import { type Makers, makers } from './making/makers'
import { findCover } from './read'
import { type Storage, storage } from './storage/storage'
import { TAKEN, typeOf } from './type'
import { comeAgain, keepPicture, OPERATOR } from './write'

/** A picture's hash, or why it is not taken, in a sentence. */
export type Taken = { hash: string } | { refused: string }

type TakeOptions = {
  /** Stops it. */
  signal?: AbortSignal | undefined
  /** Where it is put, and who makes its variants; those of this process, but in tests. */
  into?: Storage
  by?: Pick<Makers, 'make'>
}

/**
 * Takes a picture: checks it, makes its variants in another process, stores them, and notes that they are there. It is
 * nobody's then; `giveArtwork` makes it an album's. The same bytes twice are one picture, and the second time no work.
 * @throws AppError "unavailable" where it can't be stored or decoded now, which says nothing of the picture.
 */
export async function takePicture(bytes: Uint8Array, options: TakeOptions = {}): Promise<Taken> {
  const { signal, into = await storage(), by = makers() } = options
  if (bytes.length === 0) return { refused: 'It is empty.' }
  if (bytes.length > MAX_PICTURE_BYTES) return { refused: `It has more than ${MAX_PICTURE_BYTES / 1024 ** 2} MiB.` }
  const type = typeOf(bytes)
  if (!type) return { refused: `It is none of ${TAKEN}, by how it begins.` }
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (await isThere(hash, into)) return { hash }

  const outcome = await by.make({ bytes, type }, signal)
  if ('refused' in outcome) return { refused: outcome.refused }
  signal?.throwIfAborted()
  await keepPicture(into, { hash, type, bytes: bytes.length }, outcome.made)
  return { hash }
}

/** Whether an album has a cover that a source need not bring again: one that is all there, or an operator's. */
export async function isCovered(albumId: number, into?: Storage): Promise<boolean> {
  const cover = await findCover(albumId)
  if (!cover) return false
  return cover.source === OPERATOR || isThere(cover.hash, into ?? (await storage()))
}

/** Whether a picture was taken already, and is still all there: a storage that lost something is given it again. */
async function isThere(hash: string, into: Storage): Promise<boolean> {
  const extent = await comeAgain(hash)
  if (!extent) return false
  const names = new Set(await into.names(hash))
  return fileNamesOf(extent).every((name) => names.has(name))
}
