import type { ClientBase } from 'pg'
import { noteChanges } from '@/lib/catalogue/change-log'
import { refreshFigures } from '@/lib/catalogue/figures/refresh'
import type { EntityKind } from '@/lib/catalogue/kinds'
import { rebuildAnchors } from '@/lib/catalogue/lists/anchors'
import { beginLargeWrite, countTotals } from '@/lib/catalogue/rebuild'

const entities = ['playlist', 'album', 'song', 'artist'] as const satisfies EntityKind[]
type RemovedCounts = Record<(typeof entities)[number] | 'genre', number>
/** `stillReferenced`: things that stay because another source's things refer to them. */
export type RemovalResult = RemovedCounts & { stillReferenced: number }

/** References that keep an unwanted thing. */
const references: Record<(typeof entities)[number], string[]> = {
  playlist: [],
  album: [],
  song: ['SELECT FROM track WHERE song_id = song.id', 'SELECT FROM playlist_item WHERE song_id = song.id'],
  artist: [
    'SELECT FROM album_credit WHERE artist_id = artist.id',
    'SELECT FROM song_credit WHERE artist_id = artist.id',
  ],
}

async function makeTable(client: ClientBase, name: string, select: string, source?: string): Promise<void> {
  await client.query(`CREATE TEMP TABLE ${name} (id int PRIMARY KEY) ON COMMIT DROP`)
  await client.query(`INSERT INTO ${name} ${select}`, source === undefined ? [] : [source])
  await client.query(`ANALYZE ${name}`)
}

/**
 * Collects things that no other source imported (`unwanted_…`), and things that share an album, playlist or credit with
 * them (`related_…`). External ids of sources that were never imported, such as MBIDs and ISRCs, came with the source's
 * own files.
 */
async function collect(client: ClientBase, source: string): Promise<void> {
  for (const entity of entities)
    await makeTable(
      client,
      `unwanted_${entity}`,
      `SELECT DISTINCT ${entity}_id FROM ${entity}_external_id AS own WHERE source = $1 AND NOT EXISTS (
         SELECT FROM ${entity}_external_id AS other WHERE other.${entity}_id = own.${entity}_id
           AND other.source IN (SELECT source FROM import_run WHERE status = 'succeeded' AND source <> $1))`,
      source,
    )
  const unwanted = (entity: string) => `SELECT id FROM unwanted_${entity}`
  await makeTable(
    client,
    'related_song',
    `SELECT song_id FROM track JOIN disc ON disc.id = disc_id WHERE album_id IN (${unwanted('album')})
     UNION SELECT song_id FROM playlist_item WHERE song_id IS NOT NULL AND playlist_id IN (${unwanted('playlist')})`,
  )
  await makeTable(
    client,
    'related_artist',
    `SELECT artist_id FROM album_credit WHERE album_id IN (${unwanted('album')})
     UNION SELECT artist_id FROM song_credit
       WHERE song_id IN (${unwanted('song')}) OR song_id IN (SELECT id FROM related_song)`,
  )
  await makeTable(
    client,
    'related_genre',
    `SELECT genre_id FROM album_genre WHERE album_id IN (${unwanted('album')})
     UNION SELECT genre_id FROM song_genre WHERE song_id IN (${unwanted('song')})`,
  )
}

/** Collects the remaining albums and playlists whose figures depend on related songs. */
async function collectOwners(client: ClientBase): Promise<void> {
  const related = 'song_id IN (SELECT id FROM related_song)'
  await makeTable(
    client,
    'related_album',
    `SELECT DISTINCT album_id FROM track JOIN disc ON disc.id = disc_id WHERE ${related}`,
  )
  await makeTable(client, 'related_playlist', `SELECT DISTINCT playlist_id FROM playlist_item WHERE ${related}`)
}

/** @returns rows removed. */
async function removeUnwanted(client: ClientBase, entity: (typeof entities)[number]): Promise<number> {
  const isFree = references[entity].map((reference) => `AND NOT EXISTS (${reference})`).join(' ')
  const { rowCount } = await client.query(
    `DELETE FROM ${entity} WHERE id IN (SELECT id FROM unwanted_${entity}) ${isFree}`,
  )
  return rowCount ?? 0
}

/** @returns the number of unwanted things that remain. */
async function countUnwanted(client: ClientBase, entity: (typeof entities)[number]): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${entity} JOIN unwanted_${entity} USING (id)`,
  )
  return rows[0]?.count ?? 0
}

/**
 * Removes the artists, albums, songs and playlists that only `source` imported, in one transaction. A song stays if it is
 * on another album or playlist, an artist if credited elsewhere. Genres without songs and albums are removed too. The
 * caller holds the catalogue's lock.
 */
export async function removeSource(client: ClientBase, source: string): Promise<RemovalResult> {
  await beginLargeWrite(client)
  try {
    await collect(client, source)
    const ids = (kind: string) => [`SELECT id FROM related_${kind}`, `SELECT id FROM unwanted_${kind}`]
    await noteChanges(client, {
      artist: ids('artist'),
      album: ids('album').slice(1),
      song: ids('song'),
      playlist: ids('playlist').slice(1),
      genre: ids('genre').slice(0, 1),
    })
    const removed: RemovedCounts = { playlist: 0, album: 0, song: 0, artist: 0, genre: 0 }
    let stillReferenced = 0
    for (const entity of entities) {
      removed[entity] = await removeUnwanted(client, entity)
      stillReferenced += await countUnwanted(client, entity)
    }
    const { rowCount } = await client.query(
      `DELETE FROM genre WHERE id IN (SELECT id FROM related_genre)
         AND NOT EXISTS (SELECT FROM album_genre WHERE genre_id = genre.id)
         AND NOT EXISTS (SELECT FROM song_genre WHERE genre_id = genre.id)`,
    )
    removed.genre = rowCount ?? 0
    if (Object.values(removed).some((count) => count > 0)) {
      await collectOwners(client)
      await refreshFigures(client, {
        artist: 'related_artist',
        album: 'related_album',
        genre: 'related_genre',
        playlist: 'related_playlist',
        song: 'related_song',
      })
      await countTotals(client)
      await rebuildAnchors(client)
    }
    await client.query('COMMIT')
    return { ...removed, stillReferenced }
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
