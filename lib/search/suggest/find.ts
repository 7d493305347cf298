import { dependOn } from '@/lib/cache/dependencies/recorder'
import { toCover } from '@/lib/catalogue/artwork/cover'
import { refOf } from '@/lib/catalogue/slug'
import { Prisma } from '@/lib/db/generated/client'
import { type RunQuery, readWithin } from '@/lib/db/time-limit'
import { COVER_ITEMS, COVERS } from '@/lib/playlists/read'
import { type Correction, corrections } from '@/lib/search/find/corrections'
import { tsqueryOf } from '@/lib/search/find/tsquery'
import { matcherOf, rangesOf } from '@/lib/search/results/matches'
import { MAX_KEY, withoutArticle } from '@/lib/search/text/fold'
import { type Kind, kinds, namedBy, type ParsedQuery } from '@/lib/search/text/parse'
import { isBeginning } from '@/lib/search/text/prefix'
import { MAX_PER_KIND, prefixStatement, wordsStatement } from './statement'
import type { Suggestion } from './views'

const { sql } = Prisma

export const TOO_LONG = 'Suggestions are too slow right now.'

/** One generic plan for all texts: planning would take longer than running. */
const BOUNDS = {
  timeout: 1_000,
  tooLong: TOO_LONG,
  settings: 'SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan',
}

/** An entity that matches. The lowest tier is best. */
type Hit = { tier: number; kind: Kind; id: number; score: number }

/** The likeliest corrections that are tried; the next letter may make all of them wrong. */
const MAX_CORRECTIONS = 3

/** Suggestions for words that are being typed, best first. Words without suggestions are corrected. */
export async function findSuggestions(typed: ParsedQuery): Promise<Suggestion[]> {
  const found = await findAsTyped(typed)
  if (found.length > 0) return found
  let tried = 0
  for await (const correction of corrections(typed)) {
    const other = await findAsTyped(correct(typed, correction))
    tried += 1
    if (other.length > 0 || tried === MAX_CORRECTIONS) return other
  }
  return []
}

const findAsTyped = (typed: ParsedQuery): Promise<Suggestion[]> =>
  readWithin(BOUNDS, async (run) => {
    const hits = await find(run, typed)
    return hits.length > 0 ? read(run, hits, typed) : []
  })

async function find(run: RunQuery, typed: ParsedQuery): Promise<Hit[]> {
  const tokens = withoutArticle(typed.clauses.flatMap((clause) => clause.tokens))
  dependOn('search')
  const last = tokens.at(-1)
  if (!last) return []
  const key = tokens
    .map(({ text }) => text)
    .join(' ')
    .slice(0, MAX_KEY)
  const byPrefix = await run<Hit>(prefixStatement(key), 'suggest beginnings')
  const roomOf = (kind: Kind) => MAX_PER_KIND - byPrefix.filter((hit) => hit.kind === kind).length
  const missing = kinds.filter((kind) => roomOf(kind) > 0)
  if (missing.length === 0 || (!last.isRun && !isBeginning(last))) return byPrefix.toSorted(bestFirst)
  const clauses = tokens.map((token) => ({ field: null, tokens: [token], isPhrase: false }))
  const nameQuery = (some: typeof clauses) => tsqueryOf(some, 'title', true)
  const query = { all: nameQuery(clauses), last: nameQuery(clauses.slice(-1)), key, missing, found: byPrefix.length }
  const words = await run<Hit>(wordsStatement(query), 'suggest words')
  const fitting = kinds.flatMap((kind) => words.filter((hit) => hit.kind === kind).slice(0, roomOf(kind)))
  return [...byPrefix, ...fitting].toSorted(bestFirst)
}

const bestFirst = (a: Hit, b: Hit): number =>
  a.tier - b.tier || b.score - a.score || kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.id - b.id

function correct(typed: ParsedQuery, correction: Correction): ParsedQuery {
  const clauses = typed.clauses.map((clause) => ({
    ...clause,
    tokens: clause.tokens.map((token) => ({ ...token, text: correction.get(token.text) ?? token.text })),
  }))
  return { ...typed, clauses }
}

type Row = Pick<Suggestion, 'kind' | 'id' | 'name' | 'about'> & {
  slug: string | null
  covers: { id: number; title: string; cover: string | null }[]
}

/** Reads the entities of all hits in one statement, without those deleted since they were indexed. */
async function read(run: RunQuery, hits: Hit[], typed: ParsedQuery): Promise<Suggestion[]> {
  const ids = (kind: Kind) => hits.filter((hit) => hit.kind === kind).map(({ id }) => id)
  const rows = await run<Row>(
    sql`
      SELECT 'artist' AS kind, id, name, disambiguation AS about, NULL AS slug, '[]'::json AS covers
      FROM artist WHERE id = ANY(${ids('artist')}::int[])
      UNION ALL
      SELECT 'album', id, title, credit, NULL, json_build_array(json_build_object('id', id, 'title', title, 'cover', cover))
      FROM album WHERE id = ANY(${ids('album')}::int[])
      UNION ALL
      SELECT 'song', song.id, song.title, song.credit, NULL, CASE WHEN album.id IS NULL THEN '[]'::json
        ELSE json_build_array(json_build_object('id', album.id, 'title', album.title, 'cover', album.cover)) END
      FROM song LEFT JOIN album ON album.id = song.album_id WHERE song.id = ANY(${ids('song')}::int[])
      UNION ALL
      SELECT 'playlist', id, name, '', NULL, (
        SELECT coalesce(json_agg(json_build_object('id', cover.id, 'title', cover.title, 'cover', cover.cover) ORDER BY cover.position), '[]')
        FROM (
          SELECT album.id, album.title, album.cover, min(item.position) AS position
          FROM (SELECT position, song_id FROM playlist_item WHERE playlist_id = playlist.id AND song_id IS NOT NULL
            ORDER BY position LIMIT ${COVER_ITEMS}) AS item
          JOIN song ON song.id = item.song_id JOIN album ON album.id = song.album_id
          GROUP BY album.id, album.title, album.cover ORDER BY min(item.position) LIMIT ${COVERS}) AS cover)
      FROM playlist WHERE id = ANY(${ids('playlist')}::int[])
      UNION ALL
      SELECT 'genre', id, name, '', slug, '[]' FROM genre WHERE id = ANY(${ids('genre')}::int[])`,
    'suggest what is shown',
  )
  for (const { kind, id, covers } of rows) {
    dependOn(kind, id)
    for (const album of covers) dependOn('album.label', album.id)
  }
  const byItem = new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]))
  const match = matcherOf(typed)
  return hits.flatMap(({ kind, id }) => {
    const row = byItem.get(`${kind} ${id}`)
    if (!row) return []
    const { name, about, covers, slug } = row
    return [
      {
        kind,
        id,
        name,
        about,
        marked: rangesOf(match(name, namedBy[kind])),
        covers: covers.map((album) => ({ ...album, cover: toCover(album.cover) })),
        path: `/${kind}s/${slug ?? refOf(row)}`,
      },
    ]
  })
}
