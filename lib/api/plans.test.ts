import { beforeAll, describe, expect, test } from 'vitest'
import { setListening } from '@/lib/cache/changes/listening'
import { doubtAll } from '@/lib/cache/changes/recent'
import { createTestDatabase } from '@/lib/db/testing/database'
import { nodesOf, type PlanNode, plansOf, rowsOf } from '@/lib/db/testing/plans'
import { choicesOf } from '@/lib/http/api/parameters'
import { operations } from './operations'
import { read } from './testing/ask'
import { fill } from './testing/catalogue'
import { expected } from './testing/reference'

/**
 * Query plans of the API's lists, on a catalogue large enough for a bad plan to show: no large table is scanned
 * sequentially, and no page sorts or hashes more rows than the filters leave.
 */

const { pool } = await createTestDatabase()

const SONGS = 30_000
/** Tables with fewer rows than this may be scanned: they do not grow with the catalogue, or are small here. */
const SMALL = 2_500
/** Rows of the largest page, embedded lists included. */
const PAGE = 100 * 25
/** Index entries from a stored anchor to the end of a page. */
const FROM_ANCHOR = 4_096 + 100
/** Index look-ups for each row that the filters leave. */
const LOOKUPS = 10
/** Matching rows are spread unevenly over the order's index; a walk may read this many times the average. */
const SPREAD = 20
/** Rows that an index walk reads for a page and between two anchors. */
const WALKED = 1_024 + 25

const grown = new Set<string>()
/** Values of each filter: one that leaves many rows, and one that leaves few. */
const values: Record<string, Record<string, string[]>> = {}
let artist = 0

beforeAll(async () => {
  await fill(SONGS)
  // The newest 2 % have their own date, as after an import.
  for (const table of ['album', 'song'])
    await pool.query(
      `UPDATE ${table} SET updated_at = '2030-01-01T00:00:00Z' WHERE id > (SELECT max(id) * 49 / 50 FROM ${table})`,
    )
  await pool.query('VACUUM ANALYZE')
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > $1`,
    [SMALL],
  )
  for (const { name } of rows) grown.add(name)
  for (const table of ['album', 'song', 'track', 'song_credit', 'album_genre', 'artist_album'])
    expect(grown, table).toContain(table)
  const one = async (sql: string) => (await pool.query<{ value: string }>(sql)).rows[0]?.value ?? expect.fail(sql)
  artist = Number(await one('SELECT id AS value FROM artist ORDER BY song_count DESC LIMIT 1'))
  const genres = await Promise.all(
    ['DESC', 'ASC'].map((way) =>
      one(`SELECT slug AS value FROM genre WHERE song_count > 0 ORDER BY album_count ${way} LIMIT 1`),
    ),
  )
  const shared = {
    genre: [...genres, genres.join()],
    artist: [`${artist}`, await one('SELECT id AS value FROM artist WHERE song_count = 1 AND album_count = 1 LIMIT 1')],
    year: ['1990'],
    from: ['1900', '2026'],
    to: ['1950', '2020'],
    updatedSince: ['2029-01-01T00:00:00Z'],
    ids: [Array.from({ length: 100 }, (_, index) => index * 50 + 1).join()],
    mbid: ['1a2b3c4d-0000-4000-8000-00000000000a'],
  }
  const key = (of: string) =>
    one(`SELECT source || ':' || value AS value FROM ${of}_external_id ORDER BY value LIMIT 1`)
  values.songs = {
    ...shared,
    isrc: ['GBAYE9700123'],
    externalId: [await key('song')],
    minDuration: ['200000', '600000'],
    maxDuration: ['60000'],
  }
  values.albums = {
    ...shared,
    externalId: [await key('album')],
    label: [
      await one(
        'SELECT label AS value FROM album WHERE label IS NOT NULL GROUP BY label ORDER BY count(*) DESC LIMIT 1',
      ),
    ],
    kind: ['album', 'live', 'ep,single'],
    minDuration: ['2000000', '6000000'],
    maxDuration: ['600000'],
  }
  setListening(true)
  return () => setListening(false)
})

/** Describes the faults of a plan. */
function* faultsOf(plan: PlanNode, reads: number, gathers: number): Generator<string> {
  for (const node of nodesOf(plan)) {
    const { 'Node Type': type, 'Relation Name': table = '', Strategy: strategy } = node
    if (type.endsWith('Seq Scan') && grown.has(table)) yield `reads all of ${table}`
    const scanned = rowsOf(node) + (node['Rows Removed by Filter'] ?? 0) * node['Actual Loops']
    if (type.includes('Scan') && scanned > reads) yield `reads ${scanned} of ${table || type}`
    const isGathered = type.includes('Sort') || type === 'Hash' || (type === 'Aggregate' && strategy === 'Hashed')
    const gathered = Math.max(0, ...(node.Plans ?? []).map(rowsOf))
    if (isGathered && gathered > gathers) yield `${type} of ${gathered} rows`
  }
}

/** Whether the result is cached until the next change: totals and the anchors of far pages. */
const isKept = (statement: string) =>
  / AS total, .* AS all\b|\bAS before\s+FROM/s.test(statement) && !/WITH anchor/.test(statement)

async function expectGoodPlans(address: string, reads: number, gathers: number): Promise<void> {
  for (const { statement, plan } of await plansOf(pool, () => read(address))) {
    const faults = isKept(statement) ? [] : [...faultsOf(plan, reads, gathers)]
    expect(faults, `${address}: ${statement}\n${JSON.stringify(plan)}`).toEqual([])
  }
}

/**
 * Checks the first page, a far page and the page after it.
 * @param all rows of the table.
 * @param matched rows that the broadest filter leaves; by default, the rows that all filters leave together.
 */
async function expectGoodPages(address: string, all: number, matched = 0): Promise<void> {
  doubtAll()
  // Other fields than below: this caches the total and the anchors, not the response.
  const { total } = await read(`${address}&fields=id`)
  const far = Math.max(2, Math.floor((total / 25) * 0.8))
  const next = (await read(`${address}&fields=id&page=${far}`)).next?.replace('&fields=id', '')
  const walked = total === 0 ? 0 : WALKED * Math.ceil((SPREAD * all) / total)
  // A short list is looked up whole; a long one is walked until the page is full.
  const gathers = Math.max(total, matched, PAGE)
  const reads = Math.min(LOOKUPS * gathers, Math.max(walked, PAGE))
  for (const page of [address, `${address}&page=${far}`, ...(next ? [next] : [])])
    await expectGoodPlans(page, Math.max(reads, FROM_ANCHOR), gathers)
}

const count = async (table: string) =>
  (await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]?.count ?? 0

test('the check detects a bad plan', async () => {
  const bad = () => pool.query('SELECT id FROM song ORDER BY composer, id LIMIT 1')
  const [{ plan } = expect.fail()] = await plansOf(pool, bad)
  expect([...faultsOf(plan, FROM_ANCHOR, PAGE)]).toEqual([
    expect.stringMatching(/^Sort of 3\d{4} rows$/),
    'reads all of song',
    expect.stringMatching(/^reads 3\d{4} of song$/),
  ])
})

const sortsOf = (path: string) =>
  choicesOf(operations.find((operation) => operation.path === path)?.query.shape.sort ?? expect.fail(path)) ?? []

describe('plans are good for pages of', () => {
  for (const list of ['songs', 'albums'] as const) {
    for (const sort of sortsOf(`/${list}`))
      test(`${list} by ${sort}, with and without each filter`, async () => {
        const all = await count(list.slice(0, -1))
        await expectGoodPages(`/${list}?sort=${sort}`, all)
        // Descending orders read the same index backwards, so one filter is enough.
        const filters = Object.entries(values[list] ?? {}).filter(([name]) => !sort.startsWith('-') || name === 'from')
        for (const [filter, choices] of filters)
          for (const value of choices)
            await expectGoodPages(`/${list}?sort=${sort}&${filter}=${encodeURIComponent(value)}`, all)
      })
    for (const [what, id] of [
      ['artists', () => artist],
      ['genres', () => values.songs?.genre?.[0]],
    ] as const)
      test(`${list} of one of the ${what}`, async () => {
        const within = `/${what}/${id()}/${list}`
        const { total } = await read(within)
        for (const sort of sortsOf(`/${list}`))
          for (const filter of sort.startsWith('-') ? [''] : ['', '&from=2000'])
            await expectGoodPages(`${within}?sort=${sort}${filter}`, await count(list.slice(0, -1)), total)
      })
  }

  test('albums and songs of an artist in one role', async () => {
    const { rows } = await pool.query<{ artist: number; role: string }>(
      `SELECT artist_id AS artist, role FROM song_credit WHERE role <> 'artist'
       GROUP BY artist_id, role ORDER BY count(*) DESC LIMIT 1`,
    )
    const { artist, role } = rows[0] ?? expect.fail('no credits in other roles')
    for (const list of ['songs', 'albums'] as const)
      for (const of of [
        `/artists/${artist}/${list}?role=${role}`,
        `/artists/${values.songs?.artist?.[0]}/${list}?role=artist`,
      ]) {
        const { total } = await read(of)
        expect(total, of).toBeGreaterThan(0)
        for (const sort of sortsOf(`/${list}`).filter((each) => !each.startsWith('-')))
          await expectGoodPages(`${of}&sort=${sort}`, await count(list.slice(0, -1)), total)
      }
  })

  test('lists with every embedded list', async () => {
    for (const list of ['songs', 'albums', 'artists']) {
      const { query } = operations.find(({ path }) => path === `/${list}`) ?? expect.fail(list)
      const include = choicesOf(query.shape.include)
      doubtAll()
      await expectGoodPlans(`/${list}?sort=popular&limit=100&include=${include}`, LOOKUPS * PAGE, 2 * PAGE)
    }
  })
})

describe('far pages of long lists have the right items', () => {
  for (const query of [
    'from=1900&sort=title',
    'from=1900&sort=popular',
    'minDuration=200000&sort=newest',
    'minDuration=200000&sort=longest',
    'to=2020&sort=id',
    'sort=-title',
    'sort=-popular',
  ])
    test(query, async () => {
      const right = await expected(pool, 'listSongs', { query: Object.fromEntries(new URLSearchParams(query)) })
      expect(right.length).toBeGreaterThan(10_000)
      const last = Math.ceil(right.length / 100)
      for (const page of [10, 11, 41, 42, 82, 83, last - 1, last]) {
        const { items, total, next } = await read(`/songs?${query}&limit=100&fields=id&page=${page}`)
        expect(total).toBe(right.length)
        expect(
          items.map(({ id }) => `${id}`),
          `page ${page}`,
        ).toEqual(right.slice((page - 1) * 100, page * 100))
        expect(next === null).toBe(page === last)
        if (!next) continue
        const following = await read(next)
        expect(following.items.map(({ id }) => `${id}`)).toEqual(right.slice(page * 100, (page + 1) * 100))
      }
    })
})
