import { dependOn } from '@/lib/cache/dependencies/recorder'
import type { CreditRole } from '@/lib/catalogue/kinds'
import type { ListQuery, RowPosition } from '@/lib/catalogue/lists/list'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'

const { sql, raw } = Prisma

/** The entities that have credits. */
export type CreditedKind = 'album' | 'song'

/** A credit as the API reads it. `parent` is its album or song, `total` the number of credits of that. */
export type CreditRecord = {
  parent: number
  total: number
  name: string
  joinPhrase: string
  role: CreditRole
  artistId: number
  artistName: string
}

const tables = {
  album: { credit: raw('album_credit'), parent: raw('album_id') },
  song: { credit: raw('song_credit'), parent: raw('song_id') },
}

const columns = sql`
  credit.credited_name AS name, credit.join_phrase AS "joinPhrase", credit.role::text, credit.artist_id AS "artistId",
  artist.name AS "artistName"`

async function query({ text, values }: Prisma.Sql): Promise<CreditRecord[]> {
  const { rows } = await pool().query<CreditRecord>(text, values)
  for (const { artistId } of rows) dependOn('artist.label', artistId)
  return rows
}

/** The first credits of each album or song, in order. One statement. */
export const findFirstCredits = (kind: CreditedKind) => (parents: number[], take: number) => {
  const { credit, parent } = tables[kind]
  for (const id of parents) dependOn(`${kind}.page`, id)
  return query(sql`
    SELECT parent.id AS parent, (SELECT count(*)::int FROM ${credit} WHERE ${parent} = parent.id) AS total, ${columns}
    FROM unnest(${parents}::int[]) AS parent (id)
    CROSS JOIN LATERAL (SELECT * FROM ${credit} WHERE ${parent} = parent.id ORDER BY position LIMIT ${take}) AS credit
    JOIN artist ON artist.id = credit.artist_id
    ORDER BY parent.id, credit.position`)
}

/** The credits of an album or a song. The key of a row is its position, the id that of the album or song. */
export function creditList(kind: CreditedKind, id: number): ListQuery {
  const { credit, parent } = tables[kind]
  return {
    order: {
      list: `${kind}-credits`,
      table: credit,
      key: raw('position'),
      id: parent,
      kind: 'number',
      descending: false,
      dependsOn: [[`${kind}.page`, id]],
    },
    where: [sql`${parent} = ${id}`],
    isRange: true,
  }
}

export function findCredits(kind: CreditedKind, rows: RowPosition[]): Promise<CreditRecord[]> {
  const { credit, parent } = tables[kind]
  return query(sql`
    SELECT credit.${parent} AS parent, 0 AS total, ${columns}
    FROM ${credit} AS credit JOIN artist ON artist.id = credit.artist_id
    WHERE credit.${parent} = ${rows[0]?.id ?? 0} AND credit.position = ANY(${rows.map(({ key }) => Number(key))}::int[])
    ORDER BY credit.position`)
}
