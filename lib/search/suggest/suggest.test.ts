import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { forgetHere } from '@/lib/cache/forget'
import { withClient } from '@/lib/db/testing/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { runImport } from '@/lib/imports/run'
import { syntheticInput } from '@/lib/imports/synthetic/reader'
import { importInput, ndjson } from '@/lib/imports/testing/catalogue'
import { COUNTING } from '@/lib/search/find/hits'
import { facetsStatement, hitsStatement } from '@/lib/search/find/statement'
import { segments } from '@/lib/search/index/segments'
import { applyChanges, rebuildIndex } from '@/lib/search/index/update'
import { rangesOf } from '@/lib/search/results/results'
import { inLatin, keyOf } from '@/lib/search/text/fold'
import { type Kind, kinds, parseQuery } from '@/lib/search/text/parse'
import { answerSuggestions, SUGGESTIONS } from './response'
import { beginningsStatement, wordsStatement } from './statement'
import { suggest } from './suggest'

/** Suggestions of a made-up catalogue, and as it changes. */

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
  await runImport({ format: 'synthetic', inputs: [syntheticInput({ songs: 2_000, seed: 7 })], progress })
  await withClient(pool, (client) => rebuildIndex(client))
  documents = (await pool.query<Document>('SELECT kind, id, key, score FROM search_document')).rows
  expect(new Set(documents.map(({ kind }) => kind))).toEqual(new Set(kinds))
})

test('whatever is typed suggests something or nothing: few of a kind, each once, marked within its name', async () => {
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
    { numRuns: 60 },
  )
})

test('what is called so comes first, then what begins so, the more popular before; then what has the words', async () => {
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
        // An artist is found by a sort name too, which may be of another script.
        const sortName = kind === 'artist' ? sortNames.get(id) : undefined
        const inSortName = sortName === undefined ? [] : rangesOf(sortName, parseQuery(key), ['title'])
        // A name in another script is found by its Latin spelling.
        const isInLatin = keyOf(inLatin(name)).replaceAll(' ', '').includes(key.replaceAll(' ', ''))
        expect(isInLatin || [...marked, ...inSortName].length > 0, `${name} for ${key}`).toBe(true)
      }
      for (const { name, marked } of suggestions) {
        const flat = marked.flat()
        expect(flat).toEqual(flat.toSorted((a, b) => a - b))
        expect(flat.at(-1) ?? 0).toBeLessThanOrEqual(name.length)
      }
    }),
    { numRuns: 60 },
  )
})

describe('as the catalogue changes', () => {
  test('what is kept is forgotten, with what was on its way', async () => {
    await change([{ type: 'artist', id: 'm', name: 'Motörhead' }])
    const first = suggest('motorhead')
    const same = suggest(' MOTÖRHEAD ')
    expect(await same).toBe(await first)
    expect((await first).map(({ name, marked, path }) => [name, marked, path.replace(/\d+/, '1')])).toEqual([
      ['Motörhead', [[0, 9]], '/artists/motorhead-1'],
    ])
    await change([{ type: 'artist', id: 'm', name: 'Motorheads' }])
    forgetHere(['keys'])
    expect(await suggest('motorhead')).toBe(await first)
    const late = suggest('motorh')
    for (const tag of ['search', 'artists']) {
      forgetHere([tag])
      const [found] = await suggest('motorhead')
      expect(found?.name).toBe('Motorheads')
    }
    expect(await suggest('motorh')).not.toBe(await late)
  })

  test('what was deleted and is in the index still is left out', async () => {
    await change([{ type: 'artist', id: 'z', name: 'Zyxxy Qwortle' }])
    await pool.query(`DELETE FROM artist WHERE name = 'Zyxxy Qwortle'`)
    expect(await suggest('zyxx')).toEqual([])
  })
})

test('each kind comes with what it is drawn of, and leads to its page', async () => {
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
  const told = suggestions.map(({ kind, about, covers, path }) => [
    kind,
    about,
    covers.map(({ title }) => title),
    path.replace(/-\d+$/, ''),
  ])
  expect(told.toSorted()).toEqual([
    ['album', 'Qwib Act', ['Qwib Album'], '/albums/qwib-album'],
    ['artist', 'from Qworth', [], '/artists/qwib-act'],
    ['genre', '', [], '/genres/qwib-genre'],
    ['playlist', '', ['Qwib Album'], '/playlists/qwib-list'],
    ['song', 'Qwib Act', ['Qwib Album'], '/songs/qwib-song'],
  ])
  // Of words in the middle, and of mistyped ones, what was meant is marked.
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

test('PostgreSQL finds the beginning of names in its index, and words in theirs', async () => {
  const asked = { all: `'=the':*`, last: `'=the':*`, key: 'the', missing: kinds, found: 0 }
  await withClient(pool, async (client) => {
    await client.query('SET enable_seqscan = off')
    const plan = async ({ text, values }: { text: string; values: unknown[] }) =>
      (await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)).rows.map((row) => row['QUERY PLAN'])
    const beginnings = await plan(beginningsStatement('the'))
    expect(beginnings.filter((line) => /Scan.* on search_document/.test(line))).toHaveLength(2 * segments.length)
    const conditions = beginnings.filter((line) => line.includes('Index Cond'))
    expect(conditions).toHaveLength(2 * segments.length)
    // So few documents are all in the first segment; how nothing is found in the others says nothing.
    const inFirst = (condition: string) => condition.includes('segment = 0')
    for (const condition of conditions.filter(inFirst)) expect(condition).toMatch(/kind = asked.kind.*key/)
    for (const line of await plan(wordsStatement(asked)))
      if (line.includes('Bitmap Index Scan')) expect(line).toMatch(/search_document_words_\d_idx/)
    const named = {
      key: 'the',
      goesOn: 'the',
      called: kinds,
      among: null,
      article: null,
      name: null,
      any: null,
      filters: [],
      alone: null,
      length: null,
    }
    const search = hitsStatement(named, 'relevance', { size: 25 }) ?? expect.fail('nothing is asked')
    const searched = (await plan(search)).filter((line) => line.includes('Index Cond'))
    // What is called so, and what begins so, in each segment.
    expect(searched.length).toBeGreaterThanOrEqual(2 * segments.length)
    for (const condition of searched.filter(inFirst)) expect(condition).toMatch(/kind = ANY.*key/)
    // What is counted is found by its words, and by nothing else.
    await client.query(COUNTING.replaceAll('SET LOCAL', 'SET'))
    const counted = facetsStatement({ ...named, key: null, goesOn: null, any: "'the'" }, 100) ?? expect.fail('nothing')
    const scanned = (await plan(counted)).filter((line) => /Scan.* on search_document/.test(line))
    expect(scanned).toHaveLength(2 * segments.length)
    expect(scanned.join()).toContain('Bitmap Index Scan on search_document_words_0_idx')
    expect(scanned.join()).not.toContain('search_document_key_idx')
    await client.query('RESET enable_seqscan; RESET enable_indexscan')
  })
})

describe('the site is asked', () => {
  const ask = (query: string, address = '203.0.113.9') =>
    answerSuggestions(
      new Request(`http://localhost/search/suggestions${query}`, { headers: { 'x-forwarded-for': address } }),
    )

  test('for text, and says what is wrong where there is none', async () => {
    const answer = await ask('?q=the')
    expect(answer.status).toBe(200)
    expect((await answer.json()).suggestions).toEqual(await suggest('the'))
    for (const query of ['', '?text=the']) {
      const refused = await ask(query)
      expect(refused.status).toBe(400)
      expect((await refused.json()).errors).toContainEqual(expect.objectContaining({ in: 'query', field: 'q' }))
    }
  })

  test('by an address no more often than anybody types', async () => {
    expect(SUGGESTIONS.quota).toBeGreaterThan(10 * SUGGESTIONS.windowSeconds)
    for (let asked = 0; asked < SUGGESTIONS.quota; asked++)
      expect((await ask('?q=the', '203.0.113.1')).status).toBe(200)
    const refused = await ask('?q=the', '203.0.113.1')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await ask('?q=the', '203.0.113.2')).status).toBe(200)
  })

  test('while PostgreSQL is busy: it is told within a second or so, and mends by itself', async () => {
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
