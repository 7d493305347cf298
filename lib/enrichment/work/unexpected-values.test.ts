import { beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { OutsideClient } from '@/lib/enrichment/http/client'
import { musicbrainz } from '@/lib/enrichment/sources/musicbrainz/musicbrainz'
import { queue } from '@/lib/enrichment/store/jobs'
import { findReviews } from '@/lib/enrichment/store/read'
import { TestClock } from '@/lib/enrichment/testing/clock'
import { addArtist, emptyEnrichment, rowOf } from '@/lib/enrichment/testing/entities'
import { OutsideServer } from '@/lib/enrichment/testing/server'
import { runDueJobs } from './work'

/** Well-formed responses with unexpected values: anybody can edit a source's data. */

const { pool } = await createTestDatabase()
const mbid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Further fields of an artist's response, as JSON text, because some values exist only in that form. */
const fields = new Map<string, string>()
/** The results of a search, as JSON. */
let found = '[]'
const server = await OutsideServer.start((request, response) => {
  const id = /artist\/([^?]+)/.exec(request.url ?? '')?.[1]
  const body = id
    ? `{"id":"${id}","name":"Low","country":"US"${fields.get(id) ?? ''}}`
    : `{"artists":${found},"release-groups":[]}`
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
})

let clock = new TestClock()
beforeEach(async () => {
  await emptyEnrichment(pool)
  clock = new TestClock()
  fields.clear()
  found = '[]'
})

async function work(artists: Awaited<ReturnType<typeof addArtist>>[]): Promise<void> {
  await queue(artists, ['musicbrainz'], clock.now())
  const client = new OutsideClient({ baseUrl: server.url, isOwn: true, userAgent: 'test', now: clock.now })
  const open = { name: 'musicbrainz', source: musicbrainz, client, interval: 1_000 }
  await runDueJobs(open, { ttl: 86_400, clock, signal: new AbortController().signal })
}

for (const [what, json, outcome] of [
  [
    'a link with a NUL',
    String.raw`,"relations":[{"type":"home","target-type":"url","url":{"resource":"http://a.example/\u0000x"}}]`,
    { state: 'fresh', data: { links: [] } },
  ],
  [
    'a link with half a surrogate pair',
    String.raw`,"relations":[{"type":"home","target-type":"url","url":{"resource":"http://a.example/\ud800x"}}]`,
    { state: 'fresh', data: { links: [] } },
  ],
  [
    'half a surrogate pair in the id',
    String.raw`,"id":"a\ud800b"`,
    { state: 'waiting', attempts: 1, external_id: null },
  ],
  [
    'an id of a million characters',
    `,"id":"${'a'.repeat(1_000_000)}"`,
    { state: 'waiting', attempts: 1, external_id: null },
  ],
  ['a NUL in a name', String.raw`,"disambiguation":"a\u0000b"`, { state: 'fresh', data: { disambiguation: 'ab' } }],
] as const)
  test(`${what} does not affect other artists`, async () => {
    const artists = await Promise.all(
      Array.from({ length: 6 }, (_, n) => addArtist(pool, { name: `Low ${n}`, mbid: mbid(n) })),
    )
    fields.set(mbid(3), json)
    await work(artists)
    for (const [n, artist] of artists.entries()) {
      const row = await rowOf(pool, artist)
      expect(row).toMatchObject(n === 3 ? outcome : { state: 'fresh', data: { country: 'US' } })
      expect(row.locked_by).toBeNull()
    }
  })

test('invalid search results don’t hide valid ones', async () => {
  const artist = await addArtist(pool, { name: 'Low' })
  found = `[{"id":"","name":"Low"},{"id":"${mbid(1)}","name":"Low"},{"id":7},null]`
  await work([artist])
  expect(await findReviews(10)).toMatchObject([{ candidates: [{ id: mbid(1) }] }])
  // The same for candidates stored by an older version.
  await pool.query(`UPDATE enrichment SET candidates = candidates || '[{"id": "", "name": "Low"}, 5]'`)
  expect(await findReviews(10)).toMatchObject([{ candidates: [{ id: mbid(1) }] }])
})

test('a search with invalid results only is an error', async () => {
  const artist = await addArtist(pool, { name: 'Low' })
  found = '[{"id":"","name":"Low"}]'
  await work([artist])
  expect(await rowOf(pool, artist)).toMatchObject({ state: 'waiting', attempts: 1 })
})
