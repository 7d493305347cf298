import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { setListening } from '@/lib/cache/changes/listening'
import { catchUp } from '@/lib/cache/changes/read'
import { withClient } from '@/lib/db/testing/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { importInput, ndjson } from '@/lib/imports/testing'
import { COUNTING } from '@/lib/search/find/hits'
import type { IndexQuery } from '@/lib/search/find/index-query'
import { facetsStatement, hitsStatement } from '@/lib/search/find/statement'
import { segments } from '@/lib/search/index/segments'
import { applyChanges, rebuildIndex } from '@/lib/search/index/update'
import { matcherOf } from '@/lib/search/results/matches'
import { inLatin, keyOf } from '@/lib/search/text/fold'
import { type Kind, kinds, parseQuery } from '@/lib/search/text/parse'
import { answerSuggestions, SUGGESTIONS } from './response'
import { prefixStatement, wordsStatement } from './statement'
import { suggest } from './suggest'

/** Suggestions from a synthetic catalogue, and as it changes. */

const { pool } = await createTestDatabase()

type Document = { kind: Kind; id: number; key: string; score: number }
let documents: Document[] = []

/** Imports, and brings the index up to date. */
const change = (things: object[]) =>
  withClient(pool, async (client) => {
    await importInput(ndjson(things), 'test')
    while ((await applyChanges(client)) > 0);
  })

beforeAll(async () => {
  const progress = { read: () => {}, step: () => {} }
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ songs: 600, seed: 7 })], progress })
  await withClient(pool, (client) => rebuildIndex(client))
  documents = (await pool.query<Document>('SELECT kind, id, key, score FROM search_document')).rows
  expect(new Set(documents.map(({ kind }) => kind))).toEqual(new Set(kinds))
})

test('any text gets at most three suggestions of each kind, without duplicates', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom(
          '"',
          'artist:',
          'kind:album x',
          '!!!',
          '邓丽君',
          'the '.repeat(200),
          'ﷺ'.repeat(300),
          '\0',
          '\ud800',
        ),
      ),
      async (text) => {
        const suggestions = await suggest(text)
        for (const kind of kinds) expect(suggestions.filter((each) => each.kind === kind).length).toBeLessThanOrEqual(3)
        expect(new Set(suggestions.map(({ path }) => path)).size).toBe(suggestions.length)
      },
    ),
    { numRuns: 30 },
  )
})

test('exact names come first, then names with the prefix, by popularity, then names with the words', async () => {
  const { rows } = await pool.query<{ id: number; name: string }>('SELECT id, sort_name AS name FROM artist')
  const sortNames = new Map(rows.map(({ id, name }) => [id, name]))
  await fc.assert(
    fc.asyncProperty(fc.nat(documents.length - 1), fc.integer({ min: 1, max: 12 }), async (at, letters) => {
      const key = keyOf(documents[at]?.key.slice(0, letters) ?? '')
      fc.pre(key !== '')
      const tierOf = (document: Document) => (document.key === key ? 0 : document.key.startsWith(key) ? 1 : 2)
      const inOrder = documents.toSorted(
        (a, b) =>
          tierOf(a) - tierOf(b) || b.score - a.score || kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.id - b.id,
      )
      const beginning = inOrder.filter((document) => tierOf(document) < 2)
      const expected = beginning.filter(
        (document) => beginning.filter(({ kind }) => kind === document.kind).indexOf(document) < 3,
      )
      const suggestions = await suggest(key)
      const places = suggestions.map(({ kind, id }) => `${kind} ${id}`)
      expect(places.slice(0, expected.length)).toEqual(expected.map(({ kind, id }) => `${kind} ${id}`))
      const placed = new Map(documents.map((document) => [`${document.kind} ${document.id}`, document]))
      const rest = suggestions.slice(expected.length)
      const scores = rest.map(({ kind, id }) => placed.get(`${kind} ${id}`)?.score ?? Number.NaN)
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      for (const { kind, id, name, marked } of rest) {
        // An artist may match by a sort name, which may be in another script.
        const sortName = kind === 'artist' ? sortNames.get(id) : undefined
        const inSortName = sortName === undefined ? [] : matcherOf(parseQuery(key))(sortName, ['title'])
        // A name in another script may match by its transliteration.
        const isInLatin = keyOf(inLatin(name)).replaceAll(' ', '').includes(key.replaceAll(' ', ''))
        expect(isInLatin || [...marked, ...inSortName].length > 0, `${name} for ${key}`).toBe(true)
      }
      for (const { name, marked } of suggestions) {
        const flat = marked.flat()
        expect(flat).toEqual(flat.toSorted((a, b) => a - b))
        expect(flat.at(-1) ?? 0).toBeLessThanOrEqual(name.length)
      }
    }),
    { numRuns: 40 },
  )
})

describe('when the catalogue changes', () => {
  afterEach(() => setListening(false))

  test('cached suggestions are dropped if they show it, and only then', async () => {
    const catchUpAfter = async (statement: string) => {
      await pool.query(statement)
      await catchUp()
    }
    await change([{ type: 'artist', id: 'm', name: 'Motörhead' }])
    await catchUp()
    setListening(true)
    const first = suggest('motorhead')
    const same = suggest(' MOTÖRHEAD ')
    expect(await same).toBe(await first)
    expect((await first).map(({ name, marked, path }) => [name, marked, path.replace(/\d+/, '1')])).toEqual([
      ['Motörhead', [[0, 9]], '/artists/motorhead-1'],
    ])
    await catchUpAfter(`SELECT note_changes('{keys, artist:0, albums.filtered}')`)
    expect(await suggest('motorhead')).toBe(await first)
    await change([{ type: 'artist', id: 'm', name: 'Motorheads' }])
    expect(await suggest('motorhead')).toBe(await first)
    const pending = suggest('motorh')
    await catchUp()
    for (const found of [await pending, await suggest('motorh'), await suggest('motorhead')])
      expect(found[0]?.name).toBe('Motorheads')
    // The index still has the old name.
    await catchUpAfter(`UPDATE artist SET name = 'Motorhead Trio' WHERE name = 'Motorheads'`)
    expect((await suggest('motorhead'))[0]?.name).toBe('Motorhead Trio')
  })

  test('deleted items that are still indexed are skipped', async () => {
    await change([{ type: 'artist', id: 'z', name: 'Zyxxy Qwortle' }])
    await pool.query(`DELETE FROM artist WHERE name = 'Zyxxy Qwortle'`)
    expect(await suggest('zyxx')).toEqual([])
  })
})

test('each kind has its covers, description and path', async () => {
  const by = (name: string) => [{ artist: 'a', name, join: '' }]
  await change([
    { type: 'artist', id: 'a', name: 'Qwib Act', disambiguation: 'from Qworth' },
    { type: 'song', id: 's', title: 'Qwib Song', credits: by('Qwib Act') },
    {
      type: 'album',
      id: 'l',
      title: 'Qwib Album',
      credits: by('Qwib Act'),
      genres: ['Qwib Genre'],
      discs: [{ tracks: [{ song: 's', title: 'Qwib Song' }] }],
    },
    { type: 'playlist', id: 'p', name: 'Qwib List', items: [{ song: 's' }] },
  ])
  const suggestions = await suggest('qwib')
  const found = suggestions.map(({ kind, about, covers, path }) => [
    kind,
    about,
    covers.map(({ title }) => title),
    path.replace(/-\d+$/, ''),
  ])
  expect(found.toSorted()).toEqual([
    ['album', 'Qwib Act', ['Qwib Album'], '/albums/qwib-album'],
    ['artist', 'from Qworth', [], '/artists/qwib-act'],
    ['genre', '', [], '/genres/qwib-genre'],
    ['playlist', '', ['Qwib Album'], '/playlists/qwib-list'],
    ['song', 'Qwib Act', ['Qwib Album'], '/songs/qwib-song'],
  ])
  // A prefix in the middle does not match; corrected words are marked.
  expect((await suggest('gen qwib')).map(({ name }) => name)).toEqual([])
  expect((await suggest('qwbi act')).map(({ name, marked }) => [name, marked])).toEqual([
    [
      'Qwib Act',
      [
        [0, 4],
        [5, 8],
      ],
    ],
  ])
})

test('statements use the indexes of keys and words', async () => {
  const query = { all: `'=the':*`, last: `'=the':*`, key: 'the', missing: kinds, found: 0 }
  await withClient(pool, async (client) => {
    await client.query('SET enable_seqscan = off')
    const plan = async ({ text, values }: { text: string; values: unknown[] }) =>
      (await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)).rows.map((row) => row['QUERY PLAN'])
    const beginnings = await plan(prefixStatement('the'))
    expect(beginnings.filter((line) => /Scan.* on search_document/.test(line))).toHaveLength(2 * segments.length)
    const conditions = beginnings.filter((line) => line.includes('Index Cond'))
    expect(conditions).toHaveLength(2 * segments.length)
    // All documents are in the first segment, so only its plans count.
    const inFirst = (condition: string) => condition.includes('segment = 0')
    for (const condition of conditions.filter(inFirst)) expect(condition).toMatch(/kind = asked.kind.*key/)
    for (const line of await plan(wordsStatement(query)))
      if (line.includes('Bitmap Index Scan')) expect(line).toMatch(/search_document_words_\d_idx/)
    const named = {
      key: 'the',
      keyPrefix: 'the',
      keyKinds: kinds,
      kinds: null,
      article: null,
      nameQuery: null,
      anyQuery: null,
      filters: [],
      singleWord: null,
      length: null,
    } satisfies IndexQuery
    const search = hitsStatement(named, 'relevance', { size: 25 }) ?? expect.fail('no statement')
    const searched = (await plan(search)).filter((line) => line.includes('Index Cond'))
    // Exact names and prefixes, in each segment.
    expect(searched.length).toBeGreaterThanOrEqual(2 * segments.length)
    for (const condition of searched.filter(inFirst)) expect(condition).toMatch(/kind = ANY.*key/)
    // Counting uses the index of words only.
    await client.query(COUNTING.replaceAll('SET LOCAL', 'SET'))
    const counted = facetsStatement({ ...named, key: null, keyPrefix: null, anyQuery: "'the'" }, 100) ?? expect.fail()
    const scanned = (await plan(counted)).filter((line) => /Scan.* on search_document/.test(line))
    expect(scanned).toHaveLength(2 * segments.length)
    expect(scanned.join()).toContain('Bitmap Index Scan on search_document_words_0_idx')
    expect(scanned.join()).not.toContain('search_document_key_idx')
    await client.query('RESET enable_seqscan; RESET enable_indexscan')
  })
})

describe('the endpoint of the site', () => {
  const ask = (query: string, address = '203.0.113.9') =>
    answerSuggestions(
      new Request(`http://localhost/search/suggestions${query}`, { headers: { 'x-forwarded-for': address } }),
    )

  test('answers a text, and reports a missing one', async () => {
    const answer = await ask('?q=the')
    expect(answer.status).toBe(200)
    expect((await answer.json()).suggestions).toEqual(await suggest('the'))
    for (const query of ['', '?text=the']) {
      const refused = await ask(query)
      expect(refused.status).toBe(400)
      expect((await refused.json()).errors).toContainEqual(expect.objectContaining({ in: 'query', field: 'q' }))
    }
  })

  test('limits an address to a multiple of typing speed', async () => {
    expect(SUGGESTIONS.quota).toBeGreaterThan(10 * SUGGESTIONS.windowSeconds)
    for (let n = 0; n < SUGGESTIONS.quota; n++) expect((await ask('?q=the', '203.0.113.1')).status).toBe(200)
    const refused = await ask('?q=the', '203.0.113.1')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await ask('?q=the', '203.0.113.2')).status).toBe(200)
  })

  test('answers 503 within a second while PostgreSQL is busy, and recovers', async () => {
    await withClient(pool, async (client) => {
      await client.query('BEGIN; LOCK TABLE search_document')
      const answer = await ask('?q=busy')
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).not.toBeNull()
      await client.query('ROLLBACK')
    })
    expect((await ask('?q=busy')).status).toBe(200)
  })
})
