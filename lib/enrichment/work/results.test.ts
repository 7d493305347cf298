import { beforeEach, expect, test, vi } from 'vitest'
import type { ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import { createTestDatabase } from '@/lib/db/testing/database'
import { OutsideClient } from '@/lib/enrichment/http/client'
import { musicbrainz } from '@/lib/enrichment/sources/musicbrainz/musicbrainz'
import type { Source } from '@/lib/enrichment/sources/source'
import { claim, queue, type Result } from '@/lib/enrichment/store/jobs'
import { TestClock } from '@/lib/enrichment/testing/clock'
import { addArtist, emptyEnrichment } from '@/lib/enrichment/testing/entities'
import { Results } from './results'
import { runDueJobs } from './work'

const { pool } = await createTestDatabase()
beforeEach(() => emptyEnrichment(pool))

const FACTS: ArtistFacts = {
  ...{ artistKind: 'group', country: 'US', area: null, begin: null, end: null, hasEnded: false },
  ...{ disambiguation: null, aliases: [], links: [], genres: [] },
}
const clock = new TestClock()
const results = () => new Results({ source: musicbrainz, worker: 'w', ttl: 86_400, clock })

/** Claimed jobs with their results. */
async function unknowns(count: number) {
  const artists = await Promise.all(Array.from({ length: count }, (_, n) => addArtist(pool, { name: `Low ${n}` })))
  await queue(artists, ['musicbrainz'], clock.now())
  for (const _ of artists) await claim('musicbrainz', 'w', clock.now())
  const outcome = { outcome: 'unknown', error: 'No.', externalId: null, candidates: [] } as const
  return artists.map((artist) => ({ ...outcome, ...artist, source: 'musicbrainz', at: clock.now() }))
}

const written = async () => (await pool.query("SELECT FROM enrichment WHERE state = 'missing'")).rowCount

test('batches results for up to a minute', async () => {
  const [first, second] = await unknowns(2)
  if (!first || !second) throw new Error('No results')
  const waiting = results()
  await waiting.add(first)
  clock.move(59_999)
  expect(await written()).toBe(0)
  clock.move(1)
  await waiting.add(second)
  expect(await written()).toBe(2)
})

test('writes two hundred results in a few statements', async () => {
  const all = await unknowns(200)
  const waiting = results()
  for (const result of all.slice(1)) await waiting.add(result)
  expect(await written()).toBe(0)
  const connect = vi.spyOn(pool, 'connect')
  if (all[0]) await waiting.add(all[0])
  expect(connect.mock.calls.length).toBe(1)
  connect.mockRestore()
  expect(await written()).toBe(200)
})

test('results added during a write are written next', async () => {
  const all = await unknowns(10)
  const waiting = results()
  for (const result of all.slice(0, 5)) await waiting.add(result)
  const writing = waiting.flush()
  for (const result of all.slice(5)) await waiting.add(result)
  await writing
  await waiting.flush()
  expect(await written()).toBe(10)
})

test('a worker that can’t write releases its jobs', async () => {
  const artist = await addArtist(pool, { name: 'Low' })
  await queue([artist], ['musicbrainz'], clock.now())
  const source = { ...musicbrainz, lookUp: async () => ({ outcome: 'failed', error: 'No.' }) as const }
  const client = new OutsideClient({ baseUrl: 'http://source.example', isOwn: true, userAgent: 'test', now: clock.now })
  const write = vi.spyOn(Results.prototype, 'flush').mockRejectedValue(new Error('No room'))
  const working = runDueJobs(
    { name: 'musicbrainz', source, client, interval: 1_000 },
    { ttl: 86_400, clock, signal: new AbortController().signal },
  )
  await expect(working).rejects.toThrow('No room')
  write.mockRestore()
  expect(await claim('musicbrainz', 'other', clock.now())).toMatchObject({ id: artist.id, attempts: 1 })
})

test('keeps results until they can be written', async () => {
  const [result] = await unknowns(1)
  if (!result) throw new Error('No result')
  const waiting = results()
  await waiting.add(result)
  await pool.query('ALTER TABLE enrichment RENAME TO enrichment_away')
  await expect(waiting.flush()).rejects.toThrow('does not exist')
  await pool.query('ALTER TABLE enrichment_away RENAME TO enrichment')
  await waiting.flush()
  expect(await written()).toBe(1)
})

test('stores no result for a job that another worker has claimed', async () => {
  const [lost, owned] = await unknowns(2)
  if (!lost || !owned) throw new Error('No results')
  const storedIds: number[] = []
  const dropped: number[] = []
  const source: Source = {
    ...musicbrainz,
    store: async (found) => void storedIds.push(...found.map(({ entity }) => entity.id)),
    drop: async (entities) => void dropped.push(...entities.map(({ id }) => id)),
  }
  for (const outcome of [
    { outcome: 'found', data: FACTS, externalId: 'a-1', confidence: 1, etag: null },
    { outcome: 'failed', error: 'No.', isOther: true },
  ] as const) {
    const waiting = new Results({ source, worker: 'w', ttl: 86_400, clock })
    await pool.query(`UPDATE enrichment SET locked_by = CASE entity_id WHEN ${lost.id} THEN 'other' ELSE 'w' END`)
    for (const { kind, id, at } of [lost, owned])
      await waiting.add({ ...outcome, kind, id, source: 'musicbrainz', at } satisfies Result)
    await waiting.flush()
  }
  expect(storedIds).toEqual([owned.id])
  expect(dropped).toEqual([owned.id])
})
