import { setTimeout as delay } from 'node:timers/promises'
import pg, { type ClientBase } from 'pg'
import { coloursListed } from '@/lib/artwork/colours/colours'
import type { ProcessedPicture } from '@/lib/artwork/decoding/messages'
import type { Storage } from '@/lib/artwork/storage/storage'
import { catchUp } from '@/lib/cache/changes/read'
import { coverOf } from '@/lib/catalogue/artwork/cover'
import type { PictureSize } from '@/lib/catalogue/artwork/variants'
import { noteAlbums } from '@/lib/catalogue/change-log'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { withPicture } from './lock'
import { findColours } from './read'

/** The source of covers that an operator set. No other source overwrites them. */
export const OPERATOR = 'operator'

/**
 * Renews a picture's age, so that `collectGarbage` keeps it for another hour.
 * @returns its size; null if it is new.
 */
export async function touchPicture(hash: string): Promise<PictureSize | null> {
  const { rows } = await pool().query<PictureSize>(
    'UPDATE artwork SET taken_at = now() WHERE hash = $1 RETURNING width, height',
    [hash],
  )
  return rows[0] ?? null
}

/** An uploaded or fetched picture. */
export type Original = { hash: string; type: string; bytes: number }

/** Stores the files of a picture, then its row. */
export const storePicture = (
  storage: Storage,
  { hash, type, bytes }: Original,
  made: ProcessedPicture,
): Promise<void> =>
  withPicture(hash, async (holder) => {
    await storage.put(hash, made.files)
    await holder.query(
      `INSERT INTO artwork (hash, type, width, height, bytes, thumb_hash, placeholder, colours)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (hash) DO UPDATE SET taken_at = now()`,
      [hash, type, made.width, made.height, bytes, made.thumbHash, made.placeholder, JSON.stringify(made.colours)],
    )
  })

/** Lock timeout while an import is being written, in ms; without it, the change waits for the import's end. */
export type WriteOptions = { waitMs?: number }

/** Called with the hash of the album's current cover, null for none, before it changes; throws to prevent the change. */
export type Check = { check?: (hash: string | null) => void }

/** PostgreSQL's lock_not_available. */
const NOT_AVAILABLE = '55P03'

/** Retry interval and lock timeout, in ms. The connection is released in between. */
const RETRY_MS = 500
const LOCK_TIMEOUT_MS = 50

/** Changes covers in a transaction, which waits for an import that is being written. @param change may be retried. */
async function changing({ waitMs }: WriteOptions, change: (client: ClientBase) => Promise<boolean>): Promise<boolean> {
  const isChanged = await (waitMs === undefined ? inTransaction(change) : patiently(waitMs, change))
  if (isChanged) await catchUp()
  return isChanged
}

/** @param waitMs the lock timeout in all, approximately. */
async function patiently(waitMs: number, change: (client: ClientBase) => Promise<boolean>): Promise<boolean> {
  try {
    return await inTransaction(async (client) => {
      await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`)
      return change(client)
    })
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === NOT_AVAILABLE)) throw error
    if (waitMs > 0) {
      const pause = Math.min(RETRY_MS, waitMs)
      await delay(pause)
      return patiently(waitMs - pause, change)
    }
    throw new AppError('unavailable', 'An import is being written. Covers can be changed when it is done.', {
      cause: error,
    })
  }
}

/** Locks an album's cover until the transaction ends. @returns its hash; null if the album has no cover. */
async function lockCover(client: ClientBase, albumId: number): Promise<string | null> {
  // Locks the album's row, because the cover's row may not exist.
  await client.query('SELECT FROM album WHERE id = $1 FOR UPDATE', [albumId])
  const { rows } = await client.query<{ hash: string }>('SELECT hash FROM album_artwork WHERE album_id = $1', [albumId])
  return rows[0]?.hash ?? null
}

/** A picture that becomes the cover of an album. */
export type NewCover = { albumId: number; hash: string; source: string; fetchedAt: Date }

/**
 * Sets the covers of albums in one transaction. Other sources don't replace an operator's cover; albums that were deleted are
 * skipped.
 * @param covers their pictures have been added (`addPicture`).
 * @throws AppError "unavailable" if an import holds the lock for longer than `waitMs`.
 */
export async function setCovers(
  covers: readonly NewCover[],
  { check, ...patience }: WriteOptions & Check = {},
): Promise<void> {
  const unique = onePerAlbum(covers)
  if (unique.length === 0) return
  await changing(patience, async (client) => {
    if (check) for (const { albumId } of unique) check(await lockCover(client, albumId))
    const { rows } = await client.query<{ albumId: number; hash: string }>(
      `INSERT INTO album_artwork (album_id, hash, source, fetched_at)
       SELECT given.* FROM unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[]) AS given (album_id, hash, source, fetched_at)
       JOIN album ON album.id = album_id
       ORDER BY album_id
       ON CONFLICT (album_id) DO UPDATE SET (hash, source, fetched_at) = ROW (excluded.hash, excluded.source, excluded.fetched_at)
       WHERE excluded.source = '${OPERATOR}' OR album_artwork.source <> '${OPERATOR}'
       RETURNING album_id AS "albumId", hash`,
      [
        unique.map(({ albumId }) => albumId),
        unique.map(({ hash }) => hash),
        unique.map(({ source }) => source),
        unique.map(({ fetchedAt }) => fetchedAt),
      ],
    )
    if (rows.length === 0) return false
    await recolour(client, rows)
    await announceCovers(
      client,
      rows.map(({ albumId }) => albumId),
    )
    return true
  })
}

/**
 * Removes the cover of an album. If an operator's cover had replaced a fetched one, fetching that is queued
 * (lib/enrichment).
 * @returns whether the album had a cover.
 */
export const removeCover = (albumId: number, { check, ...patience }: WriteOptions & Check = {}): Promise<boolean> =>
  changing(patience, async (client) => {
    if (check) {
      const hash = await lockCover(client, albumId)
      if (hash === null) return false
      check(hash)
    }
    const { rows } = await client.query<{ source: string }>(
      'DELETE FROM album_artwork WHERE album_id = $1 RETURNING source',
      [albumId],
    )
    if (!rows[0]) return false
    await client.query('DELETE FROM album_colour WHERE album_id = $1', [albumId])
    if (rows[0].source === OPERATOR)
      await client.query(
        // Clearing the lock discards a fetch in flight: its "not modified" would bring no picture.
        `UPDATE enrichment SET due_at = now(), attempts = 0, locked_until = NULL, locked_by = NULL
         WHERE kind = 'album' AND entity_id = $1 AND data ? 'hash'`,
        [albumId],
      )
    await announceCovers(client, [albumId])
    return true
  })

/** Removes covers that a source set for the wrong albums. */
export async function removeFetchedCovers(albumIds: readonly number[], source: string): Promise<void> {
  await changing({}, async (client) => {
    const { rows } = await client.query<{ albumId: number }>(
      'DELETE FROM album_artwork WHERE album_id = ANY($1) AND source = $2 RETURNING album_id AS "albumId"',
      [albumIds, source],
    )
    if (rows.length === 0) return false
    const ids = rows.map(({ albumId }) => albumId)
    await client.query('DELETE FROM album_colour WHERE album_id = ANY($1)', [ids])
    await announceCovers(client, ids)
    return true
  })
}

/** Updates the cover stored in the albums' rows, and the search index's log. */
async function announceCovers(client: ClientBase, albumIds: number[]): Promise<void> {
  await client.query(`UPDATE album SET updated_at = now(), cover = ${coverOf('album')} WHERE id = ANY($1)`, [albumIds])
  await noteAlbums(client, albumIds)
}

/** Keeps one picture per album: the operator's, else the last. */
function onePerAlbum(covers: readonly NewCover[]): NewCover[] {
  const byAlbum = new Map<number, NewCover>()
  for (const each of covers) {
    const before = byAlbum.get(each.albumId)
    if (before?.source !== OPERATOR || each.source === OPERATOR) byAlbum.set(each.albumId, each)
  }
  return [...byAlbum.values()]
}

/** Updates the colours that albums are listed by. */
async function recolour(client: ClientBase, albums: { albumId: number; hash: string }[]): Promise<void> {
  const colours = await findColours(client, [...new Set(albums.map(({ hash }) => hash))])
  const listed = albums.flatMap(({ albumId, hash }) =>
    coloursListed(colours.get(hash) ?? []).map((colour) => ({ albumId, colour })),
  )
  await client.query('DELETE FROM album_colour WHERE album_id = ANY($1)', [albums.map(({ albumId }) => albumId)])
  await client.query(
    `INSERT INTO album_colour (album_id, colour, release_key)
     SELECT album_id, colour, release_key FROM unnest($1::int[], $2::smallint[]) AS listed (album_id, colour)
     JOIN album ON album.id = album_id`,
    [listed.map(({ albumId }) => albumId), listed.map(({ colour }) => colour)],
  )
}
