import type { EnrichedKind } from '@/lib/catalogue/kinds'
import { pool } from '@/lib/db/pool'
import { type Candidate, candidatesOf, type Entity } from '@/lib/enrichment/schemas'

/** The data that an artist is looked up by. */
export type ArtistSubject = {
  kind: 'artist'
  id: number
  name: string
  disambiguation: string
  /** Imported MusicBrainz ids. */
  mbids: string[]
  /** Albums that distinguish it from namesakes. */
  albums: { title: string; year: number | null }[]
}

/** The data that an album is looked up by. */
export type AlbumSubject = {
  kind: 'album'
  id: number
  title: string
  disambiguation: string
  credit: string
  year: number | null
  /** The imported label. */
  label: string | null
  /** Imported MusicBrainz ids, of a release group or a release. */
  mbids: string[]
  /** The matched or chosen release group. */
  releaseGroup: string | null
}

export type Subject = ArtistSubject | AlbumSubject

/** The number of albums that an artist is looked up by. */
const TELLING_ALBUMS = 5

/** @returns null if the entity was deleted. */
export async function findSubject({ kind, id }: Entity): Promise<Subject | null> {
  const { rows } = await pool().query<Subject>(kind === 'artist' ? ARTIST : ALBUM, [id])
  return rows[0] ?? null
}

const ARTIST = `
  SELECT 'artist' AS kind, id, name, disambiguation,
    ARRAY(SELECT value FROM artist_external_id WHERE artist_id = $1 AND source = 'musicbrainz' ORDER BY value) AS mbids,
    (SELECT coalesce(json_agg(json_build_object('title', title, 'year', year)), '[]') FROM (
      SELECT title, year FROM artist_album JOIN album ON album.id = album_id
      WHERE artist_id = $1 AND NOT appearance ORDER BY artist_album.release_key DESC, album_id DESC
      LIMIT ${TELLING_ALBUMS}) AS telling) AS albums
  FROM artist WHERE id = $1`

/** SQL condition: the row has an id that was matched or that an operator chose. */
export const HAS_ID = '(external_id IS NOT NULL AND (data IS NOT NULL OR confidence = 1))'

const ALBUM = `
  SELECT 'album' AS kind, id, title, disambiguation, credit, year, label,
    ARRAY(SELECT value FROM album_external_id WHERE album_id = $1 AND source = 'musicbrainz' ORDER BY value) AS mbids,
    (SELECT external_id FROM enrichment
     WHERE kind = 'album' AND entity_id = $1 AND source = 'musicbrainz' AND ${HAS_ID}) AS "releaseGroup"
  FROM album WHERE id = $1`

/** The coverage of a kind by a source. */
export type Coverage = {
  source: string
  kind: EnrichedKind
  /** In the catalogue. */
  total: number
  /** Entities with data, fresh or not; for covers, albums with a cover of any source. */
  known: number
  /** Entities without data. */
  missing: number
  failed: number
  queued: number
  /** Entities with candidates to review. */
  toReview: number
  oldest: Date | null
}

/** @param sourceKinds `covers` if the source gives covers, which operators import as well. */
export async function findCoverage(
  sourceKinds: { source: string; kind: EnrichedKind; covers?: boolean | undefined }[],
): Promise<Coverage[]> {
  const { rows } = await pool().query<Coverage>(
    `SELECT wanted.source, wanted.kind::text,
       (SELECT CASE wanted.kind WHEN 'artist' THEN artist_count ELSE album_count END FROM catalogue) AS total,
       (CASE WHEN covers THEN (SELECT count(*) FROM album_artwork) ELSE count(data) END)::int AS known,
       count(*) FILTER (WHERE state = 'missing' AND data IS NULL AND hash IS NULL)::int AS missing,
       count(*) FILTER (WHERE state = 'failed')::int AS failed,
       count(*) FILTER (WHERE due_at IS NOT NULL)::int AS queued,
       count(*) FILTER (WHERE candidates IS NOT NULL)::int AS "toReview",
       min(enrichment.fetched_at) FILTER (WHERE data IS NOT NULL) AS oldest
     FROM unnest($1::text[], $2::enriched_kind[], $3::bool[]) WITH ORDINALITY AS wanted (source, kind, covers, place)
     LEFT JOIN enrichment ON enrichment.source = wanted.source AND enrichment.kind = wanted.kind
     LEFT JOIN album_artwork ON covers AND album_artwork.album_id = enrichment.album_id
     GROUP BY wanted.source, wanted.kind, covers, place ORDER BY place`,
    [
      sourceKinds.map(({ source }) => source),
      sourceKinds.map(({ kind }) => kind),
      sourceKinds.map(({ covers }) => covers ?? false),
    ],
  )
  return rows
}

/** An error of a source and the number of rows that have it. */
export type Failure = { source: string; error: string; count: number }

/** The most frequent errors of each source. @param limit the number per source. */
export async function findFailures(limit: number): Promise<Failure[]> {
  const { rows } = await pool().query<Failure>(
    `SELECT source, error, count FROM (
       SELECT source, error, count(*)::int AS count,
         row_number() OVER (PARTITION BY source ORDER BY count(*) DESC, error) AS place
       FROM enrichment
       WHERE error IS NOT NULL AND (state = 'failed' OR state <> 'missing' AND due_at IS NOT NULL)
       GROUP BY source, error) AS failure
     WHERE place <= $1 ORDER BY source, place`,
    [limit],
  )
  return rows
}

/** The number of due jobs, and the time of the next one. */
export async function findDue(source: string, now: Date): Promise<{ due: number; nextAt: Date | null }> {
  const { rows } = await pool().query<{ due: number; nextAt: Date | null }>(
    `SELECT count(*) FILTER (WHERE due_at <= $2 AND (locked_until IS NULL OR locked_until <= $2))::int AS due,
       min(greatest(due_at, locked_until))
         FILTER (WHERE due_at > $2 OR locked_until > $2) AS "nextAt"
     FROM enrichment WHERE source = $1 AND due_at IS NOT NULL`,
    [source, now],
  )
  return rows[0] ?? { due: 0, nextAt: null }
}

/** The number of jobs of a kind that `claim` would return. */
export async function countDue(source: string, kind: EnrichedKind, settledBefore: Date | null, now: Date) {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM enrichment
     WHERE source = $1 AND kind = $2 AND due_at <= $4 AND (locked_until IS NULL OR locked_until <= $4)
       AND ($3::timestamptz IS NULL OR settled_at IS NULL OR settled_at < $3)`,
    [source, kind, settledBefore, now],
  )
  return rows[0]?.count ?? 0
}

/** Filters old rows: no longer fresh at a time, or settled before a time. */
export type AgeFilter = { by: 'fresh_until' | 'settled_at'; before: Date }

/** The number of entities that `queueOverdue` would queue. */
export async function countOverdue(kind: EnrichedKind, source: string, { by, before }: AgeFilter): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT greatest(0,
        (SELECT CASE $1::enriched_kind WHEN 'artist' THEN artist_count ELSE album_count END FROM catalogue)
        - count(*) FILTER (WHERE due_at IS NOT NULL OR ${by} >= $3))::int AS count
     FROM enrichment WHERE kind = $1::enriched_kind AND source = $2`,
    [kind, source, before],
  )
  return rows[0]?.count ?? 0
}

/** An entity with several candidates at a source. */
export type Review = { kind: EnrichedKind; id: number; source: string; name: string; candidates: Candidate[] }

/** Entities to review, most popular first. @param of restricts to one entity. */
export async function findReviews(limit: number, of: Entity | null = null): Promise<Review[]> {
  const { rows } = await pool().query<Omit<Review, 'candidates'> & { candidates: unknown }>(
    `SELECT enrichment.kind::text, entity_id AS id, source, candidates,
       coalesce(artist.name, album.title || CASE album.credit WHEN '' THEN '' ELSE ' by ' || album.credit END) AS name
     FROM enrichment
     LEFT JOIN artist ON enrichment.kind = 'artist' AND artist.id = entity_id
     LEFT JOIN album ON enrichment.kind = 'album' AND album.id = entity_id
     WHERE candidates IS NOT NULL AND coalesce(artist.id, album.id) IS NOT NULL
       AND ($2::enriched_kind IS NULL OR enrichment.kind = $2 AND entity_id = $3)
     ORDER BY coalesce(artist.popularity, album.popularity) DESC, enrichment.kind, entity_id LIMIT $1`,
    [limit, of?.kind ?? null, of?.id ?? null],
  )
  return rows.map((row) => ({ ...row, candidates: candidatesOf(row.candidates) }))
}

/** The jobs that a worker still holds. */
export async function findHeld(jobs: readonly (Entity & { source: string })[], worker: string): Promise<Entity[]> {
  const { rows } = await pool().query<Entity>(
    `SELECT kind, entity_id AS id
     FROM unnest($1::enriched_kind[], $2::int[], $3::text[]) AS job (job_kind, id, job_source)
     JOIN enrichment ON kind = job_kind AND entity_id = id AND source = job_source
     WHERE locked_by = $4`,
    [jobs.map(({ kind }) => kind), jobs.map(({ id }) => id), jobs.map(({ source }) => source), worker],
  )
  return rows
}
