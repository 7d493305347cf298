import type { Storage } from '@/lib/artwork/storage/storage'
import { forget } from '@/lib/cache/forget'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'
import { withPicture } from './lock'

/** Removes what nothing refers to. */

/** What came in the last hour is left alone: it may be about to be given to an album. */
const YOUNG_MS = 3_600_000
/** Pictures that are looked up together. */
const BATCH = 500

export type Cleared = {
  /** Pictures that no album has. */
  pictures: number
  /** Pictures in the storage that the database doesn't know: a process was ended in between. */
  unknown: number
  /** Files that were never written to their end. */
  drafts: number
}

type ClearOptions = { now: Date; signal: AbortSignal }

/**
 * Clears pictures away that nothing refers to, from the database and from the storage. Safe at any time: who takes the same
 * picture meanwhile waits for us or we for them, one picture at a time.
 * @throws when it is told to stop; what was cleared until then is.
 */
export async function clearArtwork(storage: Storage, { now, signal }: ClearOptions): Promise<Cleared> {
  const before = new Date(now.getTime() - YOUNG_MS)
  const cleared: Cleared = { pictures: 0, unknown: 0, drafts: 0 }
  try {
    for (const hash of await findUnused(before)) {
      signal.throwIfAborted()
      if (await clearPicture(storage, hash, before)) cleared.pictures += 1
    }
    let batch: string[] = []
    const clearBatch = async () => {
      for (const hash of await unknownOf(batch)) if (await clearUnknown(storage, hash)) cleared.unknown += 1
      batch = []
    }
    for await (const { hash, changedAt } of storage.list()) {
      signal.throwIfAborted()
      if (changedAt < before) batch.push(hash)
      if (batch.length === BATCH) await clearBatch()
    }
    await clearBatch()
    cleared.drafts = await storage.sweep(before)
  } finally {
    // What a process has in memory is dropped there too.
    if (cleared.pictures > 0) await inTransaction((client) => forget(client, ['artwork']))
  }
  return cleared
}

const UNUSED = 'taken_at < $1 AND NOT EXISTS (SELECT FROM album_artwork WHERE album_artwork.hash = artwork.hash)'

async function findUnused(before: Date): Promise<string[]> {
  const { rows } = await pool().query<{ hash: string }>(`SELECT hash FROM artwork WHERE ${UNUSED}`, [before])
  return rows.map(({ hash }) => hash)
}

/**
 * The row goes first, so that nobody refers to a picture whose files go. If we are ended in between, the database doesn't
 * know the files, and the next time clears them.
 */
const clearPicture = (storage: Storage, hash: string, before: Date): Promise<boolean> =>
  withPicture(hash, async (holder) => {
    const { rowCount } = await holder.query(`DELETE FROM artwork WHERE ${UNUSED} AND hash = $2`, [before, hash])
    if (!rowCount) return false
    await storage.remove(hash)
    return true
  })

async function unknownOf(hashes: readonly string[]): Promise<string[]> {
  const { rows } = await pool().query<{ hash: string }>('SELECT hash FROM artwork WHERE hash = ANY($1)', [hashes])
  const known = new Set(rows.map(({ hash }) => hash))
  return hashes.filter((hash) => !known.has(hash))
}

/** Looked up once more while nobody can take it. */
const clearUnknown = (storage: Storage, hash: string): Promise<boolean> =>
  withPicture(hash, async (holder) => {
    const { rowCount } = await holder.query('SELECT FROM artwork WHERE hash = $1', [hash])
    if (rowCount) return false
    await storage.remove(hash)
    return true
  })
