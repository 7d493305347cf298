import { createHash } from 'node:crypto'
import { type DecoderPool, decoderPool } from '@/lib/artwork/decoding/decoder-pool'
import { type Storage, storage } from '@/lib/artwork/storage/storage'
import { fileNamesOf } from '@/lib/catalogue/artwork/variants'
import { MAX_PICTURE_BYTES } from '@/lib/http/body-limit'
import { ACCEPTED, mediaTypeOf } from './media-type'
import { findCover } from './read'
import { OPERATOR, storePicture, touchPicture } from './write'

/** A picture's hash, or a sentence with the reason why it was refused. */
export type AddResult = { hash: string } | { refused: string }

type AddOptions = {
  signal?: AbortSignal | undefined
  /** Replaced in tests. */
  into?: Storage
  decoder?: Pick<DecoderPool, 'processPicture'>
}

/**
 * Adds a picture: checks it, makes its variants in another process, stores them and its row. `setCovers` then makes it
 * the cover of an album. Adding the same bytes again is cheap: the hash is known.
 * @throws AppError "unavailable" if storage or decoder can't be used now.
 */
export async function addPicture(bytes: Uint8Array, options: AddOptions = {}): Promise<AddResult> {
  const { signal, into = await storage(), decoder = decoderPool() } = options
  if (bytes.length === 0) return { refused: 'The file is empty.' }
  if (bytes.length > MAX_PICTURE_BYTES)
    return { refused: `The file is larger than ${MAX_PICTURE_BYTES / 1024 ** 2} MiB.` }
  const type = mediaTypeOf(bytes)
  if (!type) return { refused: `Its first bytes match none of the accepted formats (${ACCEPTED}).` }
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (await isThere(hash, into)) return { hash }

  const outcome = await decoder.processPicture({ bytes, type }, signal)
  if ('refused' in outcome) return { refused: outcome.refused }
  signal?.throwIfAborted()
  await storePicture(into, { hash, type, bytes: bytes.length }, outcome.picture)
  return { hash }
}

/** Whether an album has a cover that needs no fetch: an operator's, or one whose files are all stored. */
export async function isCovered(albumId: number, into?: Storage): Promise<boolean> {
  const cover = await findCover(albumId)
  if (!cover) return false
  return cover.source === OPERATOR || isThere(cover.hash, into ?? (await storage()))
}

/** Whether a picture is known and all its files are stored; files that the storage lost are then stored again. */
async function isThere(hash: string, into: Storage): Promise<boolean> {
  const dimensions = await touchPicture(hash)
  if (!dimensions) return false
  const names = new Set(await into.names(hash))
  return fileNamesOf(dimensions).every((name) => names.has(name))
}
