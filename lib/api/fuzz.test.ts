import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { API } from '@/lib/http/api/contract'
import { operations } from './operations'
import { ask, ORIGIN } from './testing/ask'
import { fill, MBIDS } from './testing/catalogue'
import { anyQuery, hostile, type KnownTexts } from './testing/values'

/**
 * Every request gets a documented response (`ask` checks that) and no server error. Each run takes other values; a
 * failure prints the `seed` and `path` that reproduce it.
 */

const { pool } = await createTestDatabase()

const RUNS = 40
const known: KnownTexts = {}
const externalIds = { mbid: MBIDS, isrc: ['GBAYE9700123'], externalId: ['a:b', 'a:b:c'] }

beforeAll(async () => {
  await fill(300)
  const { rows } = await pool.query<{ genres: string[]; labels: string[] }>(
    `SELECT (SELECT array_agg(slug ORDER BY id) FROM genre) AS genres,
       (SELECT array_agg(DISTINCT label) FILTER (WHERE label IS NOT NULL) FROM album) AS labels`,
  )
  Object.assign(known, { genre: rows[0]?.genres, slug: rows[0]?.genres, label: rows[0]?.labels, ...externalIds })
})

const accepts = fc.constantFrom(
  undefined,
  'application/json',
  'application/x-ndjson',
  '*/*',
  '',
  'text/html',
  'application/json;q=0',
  ';;q==,/',
  'application/json; charset=utf-8',
)
const conditions = fc.constantFrom<Record<string, string>[]>(
  {},
  { 'if-none-match': '*' },
  { 'if-none-match': 'W/"a", "b' },
  { 'if-modified-since': 'yesterday' },
  { 'if-modified-since': 'Fri, 31 Dec 9999 23:59:59 GMT' },
)
const codings = fc.constantFrom<Record<string, string>[]>(
  {},
  { 'accept-encoding': 'br' },
  { 'accept-encoding': 'gzip;q=0, *;q=0' },
)
const params = fc.oneof(fc.constantFrom('1', '2', '7', '2147483647'), hostile)

describe('any request is answered as documented by', () => {
  for (const operation of operations)
    test(operation.id, async () => {
      const segments = operation.path.split('/').slice(1)
      const genre = fc.constantFrom(...(known.slug ?? []))
      const path = fc.tuple(
        ...segments.map((segment) =>
          segment === '{slug}' ? fc.oneof(genre, params) : segment.startsWith('{') ? params : fc.constant(segment),
        ),
      )
      const query = anyQuery(operation, known)
      await fc.assert(
        fc.asyncProperty(path, query, accepts, conditions, codings, async (parts, given, accept, when, coding) => {
          // An empty or dot segment makes the path of another operation.
          fc.pre(parts.every((part) => !/^(\.|%2e){0,2}$/i.test(part)))
          const address = `${API}/${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`
          const headers = { ...(accept !== undefined && { accept }), ...when, ...coding }
          const search = new URLSearchParams(given.map(([name = '', value = '']) => [name, value]))
          const response = await ask(`${ORIGIN}${address}?${search}`, { headers })
          const text = await response.text()
          expect(response.status, text).toBeLessThan(500)
          expect(text).not.toMatch(/SELECT|node_modules|at .*\.ts/)
        }),
        { numRuns: RUNS },
      )
    })
})

test('a malformed query is never a server error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
      const response = await ask(`${ORIGIN}${API}/songs?${text.toWellFormed().replaceAll('#', '')}`)
      expect(response.status).toBeLessThan(500)
    }),
    { numRuns: 100 },
  )
})
