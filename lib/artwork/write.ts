import { setTimeout as delay } from 'node:timers/promises'
import pg, { type ClientBase } from 'pg'
import { coloursListed } from '@/lib/artwork/colours/colours'
import type { Made } from '@/lib/artwork/making/messages'
import type { Storage } from '@/lib/artwork/storage/storage'
import { forget, forgetHere } from '@/lib/cache/forget'
import { coverOf } from '@/lib/catalogue/artwork/cover'
import type { PictureSize } from '@/lib/catalogue/artwork/variants'
import { noteAlbums } from '@/lib/catalogue/change-log'
import { pool } from '@/lib/db/pool'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { withPicture } from './lock'
import { findColours } from './read'

/** The source of what an operator brought. No other overwrites it. */
export const OPERATOR = 'operator'

/**
 * Notes that a picture came again, so that it is not cleared away for a while: clearing deletes the row only of an old
 * picture, and its files only after the row. @returns its size; null where it is new.
 */
export async function comeAgain(hash: string): Promise<PictureSize | null> {
  const { rows } = await pool().query<PictureSize>(
    'UPDATE artwork SET taken_at = now() WHERE hash = $1 RETURNING width, height',
    [hash],
  )
  return rows[0] ?? null
}

/** A picture as it came. */
export type Original = { hash: string; type: string; bytes: number }

/** Stores what was made of a picture, then says that it is there. */
export const keepPicture = (storage: Storage, { hash, type, bytes }: Original, made: Made): Promise<void> =>
  withPicture(hash, async (holder) => {
    await storage.put(hash, made.files)
    await holder.query(
      `INSERT INTO artwork (hash, type, width, height, bytes, thumb_hash, placeholder, colours)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (hash) DO UPDATE SET taken_at = now()`,
      [hash, type, made.width, made.height, bytes, made.thumbHash, made.placeholder, JSON.stringify(made.colours)],
    )
  })

/** How long somebody waits for an import that is being written, in ms; to its end, where it is not given. */
export type Patience = { waitMs?: number }

/** Sees the hash of the cover that an album has, null for none, before it is changed, and throws where it must not be. */
export type Check = { check?: (hash: string | null) => void }

/** PostgreSQL's lock_not_available. */
const NOT_AVAILABLE = '55P03'

/** Who waits asks so often, and for so long at a time: in between others have the connection, in ms. */
const ASK_EVERY_MS = 500
const ASK_FOR_MS = 50

/** A transaction that changes covers: an import that is being written holds it off. @param change may be begun anew. */
async function changing({ waitMs }: Patience, change: (client: ClientBase) => Promise<boolean>): Promise<boolean> {
  const isChanged = await (waitMs === undefined ? inTransaction(change) : patiently(waitMs, change))
  if (isChanged) forgetHere(TAGS)
  return isChanged
}

/** @param waitMs how long it waits for a lock, about. */
async function patiently(waitMs: number, change: (client: ClientBase) => Promise<boolean>): Promise<boolean> {
  try {
    return await inTransaction(async (client) => {
      await client.query(`SET LOCAL lock_timeout = ${ASK_FOR_MS}`)
      return change(client)
    })
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === NOT_AVAILABLE)) throw error
    if (waitMs > 0) {
      const pause = Math.min(ASK_EVERY_MS, waitMs)
      await delay(pause)
      return patiently(waitMs - pause, change)
    }
    throw new AppError('unavailable', 'An import is being written. Covers can be changed when it is done.', {
      cause: error,
    })
  }
}

/** Holds off other changes of an album's cover until the transaction ends. @returns its hash; null where it has none. */
async function lockCover(client: ClientBase, albumId: number): Promise<string | null> {
  // The album's row, because that of the cover may not be there.
  await client.query('SELECT FROM album WHERE id = $1 FOR UPDATE', [albumId])
  const { rows } = await client.query<{ hash: string }>('SELECT hash FROM album_artwork WHERE album_id = $1', [albumId])
  return rows[0]?.hash ?? null
}

/** A picture that is to be the cover of an album. */
export type Given = { albumId: number; hash: string; source: string; fetchedAt: Date }

/**
 * Makes pictures the covers of albums, in one transaction. What an operator brought stays where somebody else brings
 * something; albums that are no more are left out.
 * @param given their pictures have been taken (`takePicture`).
 * @throws AppError "unavailable" where an import is being written for longer than one waits.
 */
export async function giveArtwork(
  given: readonly Given[],
  { check, ...patience }: Patience & Check = {},
): Promise<void> {
  const wanted = onePerAlbum(given)
  if (wanted.length === 0) return
  await changing(patience, async (client) => {
    if (check) for (const { albumId } of wanted) check(await lockCover(client, albumId))
    const { rows } = await client.query<{ albumId: number; hash: string }>(
      `INSERT INTO album_artwork (album_id, hash, source, fetched_at)
       SELECT given.* FROM unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[]) AS given (album_id, hash, source, fetched_at)
       JOIN album ON album.id = album_id
       ORDER BY album_id
       ON CONFLICT (album_id) DO UPDATE SET (hash, source, fetched_at) = ROW (excluded.hash, excluded.source, excluded.fetched_at)
       WHERE excluded.source = '${OPERATOR}' OR album_artwork.source <> '${OPERATOR}'
       RETURNING album_id AS "albumId", hash`,
      [
        wanted.map(({ albumId }) => albumId),
        wanted.map(({ hash }) => hash),
        wanted.map(({ source }) => source),
        wanted.map(({ fetchedAt }) => fetchedAt),
      ],
    )
    if (rows.length === 0) return false
    await recolour(client, rows)
    await tellOf(
      client,
      rows.map(({ albumId }) => albumId),
    )
    return true
  })
}

/**
 * Takes the cover of an album away. Under an operator's there may have been one that was fetched, which comes back: it is
 * queued, for whoever fetches (lib/enrichment).
 * @returns whether it had one.
 */
export const removeArtwork = (albumId: number, { check, ...patience }: Patience & Check = {}): Promise<boolean> =>
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
        // Who is asking meanwhile may be told that nothing has changed, and so is not heard.
        `UPDATE enrichment SET due_at = now(), attempts = 0, locked_until = NULL, locked_by = NULL
         WHERE kind = 'album' AND entity_id = $1 AND data ? 'hash'`,
        [albumId],
      )
    await tellOf(client, [albumId])
    return true
  })

/** Takes the covers of albums away that a source brought: they are of something else. */
export async function takeBackArtwork(albumIds: readonly number[], source: string): Promise<void> {
  await changing({}, async (client) => {
    const { rows } = await client.query<{ albumId: number }>(
      'DELETE FROM album_artwork WHERE album_id = ANY($1) AND source = $2 RETURNING album_id AS "albumId"',
      [albumIds, source],
    )
    if (rows.length === 0) return false
    const ids = rows.map(({ albumId }) => albumId)
    await client.query('DELETE FROM album_colour WHERE album_id = ANY($1)', [ids])
    await tellOf(client, ids)
    return true
  })
}

/** Whatever shows covers is made of albums. */
const TAGS = ['albums'] as const

/** Their rows have it; an album with another cover is another answer of the API, and comes to whoever asks what has changed. */
async function tellOf(client: ClientBase, albumIds: number[]): Promise<void> {
  await client.query(`UPDATE album SET updated_at = now(), cover = ${coverOf('album')} WHERE id = ANY($1)`, [albumIds])
  await noteAlbums(client, albumIds)
  await forget(client, TAGS)
}

/** Of several pictures for one album the operator's counts, then the last. */
function onePerAlbum(given: readonly Given[]): Given[] {
  const wanted = new Map<number, Given>()
  for (const each of given) {
    const before = wanted.get(each.albumId)
    if (before?.source !== OPERATOR || each.source === OPERATOR) wanted.set(each.albumId, each)
  }
  return [...wanted.values()]
}

/** Lists albums under the colours of their covers. */
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
