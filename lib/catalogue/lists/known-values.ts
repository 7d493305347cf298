import { dataCached, type Sized } from '@/lib/cache/data'
import { dependOn } from '@/lib/cache/dependencies/recorder'
import { Prisma } from '@/lib/db/generated/client'
import { pool } from '@/lib/db/pool'
import { RequestFault } from '@/lib/http/api/fault'
import { quoted } from '@/lib/http/api/parameters'
import type { FieldError } from '@/lib/http/problem'

const { sql } = Prisma

/** Values of filters that must exist: an unknown value is an error of the client, not an empty list. */
export type NamedValues = {
  /** Slugs. */
  genre?: string[] | undefined
  /** Ids. */
  artist?: number | number[] | undefined
  label?: string | undefined
}

/** @throws RequestFault that names the unknown values and lists the known ones. */
export async function refuseUnknown({ genre = [], artist = [], label }: NamedValues): Promise<void> {
  const artists = [artist].flat()
  if (genre.length === 0 && artists.length === 0 && label === undefined) return
  const values = JSON.stringify([genre, artists, label])
  const { errors } = await dataCached(`known ${values}`, () => findUnknown(genre, artists, label))
  if (errors.length === 0) return
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ')
  throw new RequestFault('invalid-parameter', `${detail}.`, errors)
}

/** The maximum number of genres that a message lists. For more, it refers to the list of genres. */
const MAX_LISTED = 100

type Row = {
  genres: string[]
  known: string[]
  artists: { id: number; movedTo: number | null }[]
  hasLabel: boolean
}

async function findUnknown(
  genre: string[],
  artists: number[],
  label: string | undefined,
): Promise<Sized & { errors: FieldError[] }> {
  if (genre.length > 0) dependOn('genres')
  for (const id of artists) dependOn('artist.label', id)
  if (label !== undefined) dependOn('albums.filtered')
  const { text, values } = sql`
    SELECT
      ARRAY(SELECT slug FROM unnest(${genre}::text[]) AS slug
        WHERE NOT EXISTS (SELECT FROM genre WHERE genre.slug = slug.slug)) AS genres,
      ARRAY(SELECT slug FROM genre WHERE ${genre.length > 0} ORDER BY slug COLLATE "C" LIMIT ${MAX_LISTED + 1}) AS known,
      ARRAY(SELECT jsonb_build_object('id', requested.id, 'movedTo', artist_redirect.artist_id)
        FROM unnest(${artists}::int[]) AS requested (id) LEFT JOIN artist_redirect ON artist_redirect.id = requested.id
        WHERE NOT EXISTS (SELECT FROM artist WHERE artist.id = requested.id)) AS artists,
      ${label ?? null}::text IS NULL OR EXISTS (SELECT FROM album WHERE label = ${label ?? null}) AS "hasLabel"`
  const { rows } = await pool().query<Row>(text, values)
  const errors = rows.flatMap((row) => [...genreErrors(row), ...artistErrors(row), ...labelErrors(row, label)])
  return { errors, bytes: JSON.stringify(errors).length + 16 }
}

function genreErrors({ genres, known }: Row): FieldError[] {
  if (genres.length === 0) return []
  const isAll = known.length <= MAX_LISTED
  const choices = known.length === 0 ? 'there are no genres' : `known are ${known.join(', ')}`
  const message = `is not known: ${genres.map(quoted).join(', ')}; ${isAll ? choices : '/genres lists all'}`
  return [{ in: 'query', field: 'genre', message, ...(isAll && { allowed: known }) }]
}

function artistErrors({ artists }: Row): FieldError[] {
  if (artists.length === 0) return []
  const each = artists.map(({ id, movedTo }) =>
    movedTo === null ? `${id}` : `${id}, which was merged into ${movedTo}`,
  )
  return [{ in: 'query', field: 'artist', message: `is not known: ${each.join('; ')}; /artists lists all` }]
}

function labelErrors({ hasLabel }: Row, label: string | undefined): FieldError[] {
  if (hasLabel) return []
  const message = `is not known: ${quoted(label)}; no album has exactly this label. /albums shows the label of each album`
  return [{ in: 'query', field: 'label', message }]
}

/**
 * Ids of genres by their slugs. Also accepts ids, which older addresses have.
 * @throws RequestFault for unknown values.
 */
export async function genreIds(genres: string[]): Promise<number[]> {
  dependOn('genres')
  const ids = genres.filter((each) => /^[1-9]\d{0,8}$/.test(each)).map(Number)
  const { text, values } = sql`
    SELECT id, slug FROM genre WHERE slug = ANY(${genres}::text[]) OR id = ANY(${ids}::int[])`
  const { rows } = await pool().query<{ id: number; slug: string }>(text, values)
  const bySlug = new Map(rows.map(({ id, slug }) => [slug, id]))
  const byId = new Set(rows.map(({ id }) => id))
  const unknown = genres.filter((each) => !bySlug.has(each) && !byId.has(Number(each)))
  await refuseUnknown({ genre: unknown })
  return [...new Set(genres.map((each) => bySlug.get(each) ?? Number(each)))].toSorted((a, b) => a - b)
}
