import type { Storage } from '@/lib/artwork/storage/storage'
import { noteChange } from '@/lib/cache/changes/note'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'
import { withPicture } from './lock'

/** Pictures added in the last hour are kept: they may be about to become a cover. */
const YOUNG_MS = 3_600_000
/** Pictures per database lookup. */
const BATCH = 500

export type GarbageCounts = {
  /** Pictures without an album. */
  pictures: number
  /** Pictures in the storage without a row: a process ended between the two writes. */
  unknown: number
  /** Unfinished files. */
  drafts: number
}

type ClearOptions = { now: Date; signal: AbortSignal }

/**
 * Removes unused pictures from the database and the storage. Safe at any time: each picture is locked while it is removed.
 * @throws when `signal` aborts; pictures removed until then stay removed.
 */
export async function collectGarbage(storage: Storage, { now, signal }: ClearOptions): Promise<GarbageCounts> {
  const before = new Date(now.getTime() - YOUNG_MS)
  const cleared: GarbageCounts = { pictures: 0, unknown: 0, drafts: 0 }
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
    // Other processes drop their cached responses.
    if (cleared.pictures > 0) await inTransaction((client) => noteChange(client, 'artwork'))
  }
  return cleared
}

const UNUSED = 'taken_at < $1 AND NOT EXISTS (SELECT FROM album_artwork WHERE album_artwork.hash = artwork.hash)'

async function findUnused(before: Date): Promise<string[]> {
  const { rows } = await pool().query<{ hash: string }>(`SELECT hash FROM artwork WHERE ${UNUSED}`, [before])
  return rows.map(({ hash }) => hash)
}

/**
 * The row goes first, so that no row ever refers to missing files. Files left by a crash in between are removed by the next
 * run.
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

/** Checks again under the lock. */
const clearUnknown = (storage: Storage, hash: string): Promise<boolean> =>
  withPicture(hash, async (holder) => {
    const { rowCount } = await holder.query('SELECT FROM artwork WHERE hash = $1', [hash])
    if (rowCount) return false
    await storage.remove(hash)
    return true
  })
