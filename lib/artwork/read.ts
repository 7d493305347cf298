import type { ClientBase } from 'pg'
import { z } from 'zod'
import type { PictureSize } from '@/lib/catalogue/artwork/variants'
import { pool } from '@/lib/db/pool'

/** The pool, or the connection of a transaction. */
type Client = Pick<ClientBase, 'query'>

/** The size of a picture, or null. */
export async function findPictureSize(hash: string): Promise<PictureSize | null> {
  const { rows } = await pool().query<PictureSize>('SELECT width, height FROM artwork WHERE hash = $1', [hash])
  return rows[0] ?? null
}

/** The title of an album, or null. */
export async function findAlbumTitle(id: number): Promise<string | null> {
  const { rows } = await pool().query<{ title: string }>('SELECT title FROM album WHERE id = $1', [id])
  return rows[0]?.title ?? null
}

/** The hash and source of an album's cover. */
export async function findCover(albumId: number): Promise<{ hash: string; source: string } | null> {
  const { rows } = await pool().query<{ hash: string; source: string }>(
    'SELECT hash, source FROM album_artwork WHERE album_id = $1',
    [albumId],
  )
  return rows[0] ?? null
}

const Colours = z.array(z.object({ hex: z.string(), share: z.number() }))

/** The colours of pictures, by hash. */
export async function findColours(
  client: Client,
  hashes: readonly string[],
): Promise<Map<string, z.infer<typeof Colours>>> {
  const { rows } = await client.query<{ hash: string; colours: unknown }>(
    'SELECT hash, colours FROM artwork WHERE hash = ANY($1)',
    [hashes],
  )
  return new Map(rows.map(({ hash, colours }) => [hash, Colours.parse(colours)]))
}
