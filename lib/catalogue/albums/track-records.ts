import { dependOn } from '@/lib/cache/dependencies/recorder'
import type { ListQuery, RowPosition } from '@/lib/catalogue/lists/list'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'

const { sql, raw } = Prisma

/** A track as the API reads it. `parent` is its album, `total` the number of tracks on that. */
export type TrackRecord = {
  parent: number
  total: number
  disc: number
  discTitle: string
  discFormat: string
  position: number
  number: string
  title: string
  durationMs: number | null
  songId: number
  songTitle: string
  songCredit: string
}

const columns = sql`
  disc.album_id AS parent, album.track_count AS total, disc.position AS disc, disc.title AS "discTitle",
  disc.format AS "discFormat", track.position, track.number, track.title, track.duration_ms AS "durationMs",
  song.id AS "songId", song.title AS "songTitle", song.credit AS "songCredit"`

async function query({ text, values }: Prisma.Sql): Promise<TrackRecord[]> {
  const { rows } = await pool().query<TrackRecord>(text, values)
  for (const { parent, songId } of rows) {
    dependOn('album.page', parent)
    dependOn('song.label', songId)
  }
  return rows
}

/** The first tracks of each album, by disc and position. One statement. */
export const findFirstTracks = (albums: number[], take: number): Promise<TrackRecord[]> =>
  query(sql`
    SELECT first.* FROM unnest(${albums}::int[]) AS parent (id)
    CROSS JOIN LATERAL (
      SELECT ${columns}
      FROM album JOIN disc ON disc.album_id = album.id JOIN track ON track.disc_id = disc.id
        JOIN song ON song.id = track.song_id
      WHERE album.id = parent.id ORDER BY disc.position, track.position LIMIT ${take}) AS first
    ORDER BY first.parent, first.disc, first.position`)

/** Positions on a disc are below this, so that disc and position fit into one number. */
const POSITIONS = 1_000_000_000

/** The tracks of an album, by disc and position. The id of a row is that of its disc. */
export const trackList = (album: number): ListQuery => ({
  order: {
    list: 'album-tracks',
    table: sql`(
      SELECT disc.id, disc.position * ${POSITIONS}::bigint + track.position AS place
      FROM disc JOIN track ON track.disc_id = disc.id WHERE disc.album_id = ${album}) AS placed`,
    key: raw('place'),
    id: raw('id'),
    kind: 'number',
    descending: false,
    dependsOn: [['album.page', album]],
  },
  where: [],
  total: sql`(SELECT track_count FROM album WHERE id = ${album})`,
})

/** The tracks at positions of an album, in order. */
export const findTracks = (rows: RowPosition[]): Promise<TrackRecord[]> =>
  query(sql`
    SELECT ${columns}
    FROM unnest(${rows.map(({ id }) => id)}::int[], ${rows.map(({ key }) => Number(key) % POSITIONS)}::int[])
      WITH ORDINALITY AS requested (disc_id, position, at)
    JOIN disc ON disc.id = requested.disc_id JOIN album ON album.id = disc.album_id
    JOIN track ON track.disc_id = disc.id AND track.position = requested.position
    JOIN song ON song.id = track.song_id
    ORDER BY requested.at`)
