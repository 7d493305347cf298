import { beforeEach, describe, expect, test } from 'vitest'
import type { ArtistFacts } from '@/lib/catalogue/enrichment/facts'
import { createTestDatabase } from '@/lib/db/testing/database'
import { choose, refuse } from '@/lib/enrichment/decisions'
import type { Entity } from '@/lib/enrichment/schemas'
import { addAlbum, addArtist, credit, emptyEnrichment, rowOf } from '@/lib/enrichment/testing/entities'
import { claim, type JobOutcome, LOCK_MS, queue, queueOverdue, releaseJobs, settle } from './jobs'
import { findCoverage, findDue, findReviews, findSubject } from './read'

const { pool } = await createTestDatabase()
beforeEach(() => emptyEnrichment(pool))

const SOURCE = 'musicbrainz'
const TTL = 86_400
const start = Date.UTC(2026, 0, 1)
/** Seconds after the start. */
const at = (seconds: number) => new Date(start + seconds * 1_000)

const facts = (country: string): ArtistFacts => ({
  artistKind: 'group',
  country,
  area: null,
  begin: null,
  end: null,
  hasEnded: false,
  disambiguation: null,
  aliases: [],
  links: [],
  genres: [],
})
const found = (country = 'GB') => ({
  outcome: 'found' as const,
  data: facts(country),
  externalId: 'a-1',
  confidence: 1,
  etag: '"1"',
})

/** Claims and settles the one job that is due. */
async function work(outcome: JobOutcome, now: Date): Promise<void> {
  const job = await claim(SOURCE, 'w', now)
  if (!job) throw new Error('Nothing is due')
  await settle([{ ...outcome, kind: job.kind, id: job.id, source: SOURCE, at: now }], 'w', TTL)
}

const revision = async (tag: string) =>
  Number((await pool.query('SELECT number FROM revision WHERE tag = $1', [tag])).rows[0]?.number ?? 0)

describe('the queue', () => {
  test('adds an entity once, and again when its data is stale', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    expect(await queue([artist, artist], [SOURCE, 'coverart'], at(0))).toBe(2)
    expect(await queue([artist], [SOURCE, 'coverart'], at(1))).toBe(0)
    await work(found(), at(2))
    expect(await queue([artist], [SOURCE], at(TTL))).toBe(0)
    expect(await queue([artist], [SOURCE], at(TTL + 2))).toBe(1)
    expect(await queue([], [SOURCE], at(0))).toBe(0)
    expect(await queue([artist], [], at(0))).toBe(0)
  })

  test('keeps unknown and failed results for the same time', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    for (const outcome of [
      { outcome: 'unknown', error: 'It is not known.', externalId: null, candidates: [] },
      { outcome: 'failed', error: 'It failed.' },
    ] as const) {
      await queue([artist], [SOURCE], at(0))
      await work(outcome, at(0))
      expect(await rowOf(pool, artist)).toMatchObject({ error: outcome.error, due_at: null, fresh_until: at(TTL) })
      expect(await queue([artist], [SOURCE], at(TTL - 1))).toBe(0)
      await pool.query('TRUNCATE enrichment')
    }
  })

  test('gives a job to one of several concurrent workers', async () => {
    const artists = await Promise.all(Array.from({ length: 12 }, (_, n) => addArtist(pool, { name: `Artist ${n}` })))
    await queue(artists, [SOURCE], at(0))
    const jobs = await Promise.all(Array.from({ length: 20 }, (_, n) => claim(SOURCE, `w${n}`, at(1))))
    const ids = jobs.flatMap((job) => (job ? [job.id] : []))
    expect(ids).toHaveLength(12)
    expect(new Set(ids).size).toBe(12)
    expect(await claim('coverart', 'w', at(1))).toBeNull()
  })

  test('gives it to another worker after its lock expires, and ignores the first one’s result', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    await queue([artist], [SOURCE], at(0))
    expect(await claim(SOURCE, 'dead', at(0))).toMatchObject({ ...artist, attempts: 1 })
    expect(await claim(SOURCE, 'w', at(LOCK_MS / 1_000 - 1))).toBeNull()
    expect(await claim(SOURCE, 'w', at(LOCK_MS / 1_000))).toMatchObject({ ...artist, attempts: 2 })
    await settle([{ ...found(), ...artist, source: SOURCE, at: at(700) }], 'dead', TTL)
    expect(await rowOf(pool, artist)).toMatchObject({ state: 'waiting', data: null, locked_by: 'w' })
    await releaseJobs('w')
    expect(await claim(SOURCE, 'other', at(701))).toMatchObject({ attempts: 2 })
  })

  test('adds overdue entities up to a limit: never fetched first, then the oldest', async () => {
    const [old, older, never] = [
      await addArtist(pool, { name: 'Old' }),
      await addArtist(pool, { name: 'Older' }),
      await addArtist(pool, { name: 'Never' }),
    ]
    for (const [artist, time] of [
      [older, 0],
      [old, 10],
    ] as const) {
      await queue([artist], [SOURCE], at(time))
      await work(found(), at(time))
    }
    const overdue = (seconds: number, limit: number) =>
      queueOverdue(
        { kind: 'artist', source: SOURCE, age: { by: 'fresh_until', before: at(seconds) }, limit },
        at(seconds),
      )
    expect(await overdue(TTL + 20, 2)).toBe(2)
    expect(await rowOf(pool, never)).toMatchObject({ state: 'waiting', due_at: at(TTL + 20) })
    expect(await rowOf(pool, older)).toMatchObject({ state: 'fresh', due_at: at(TTL + 20) })
    expect(await rowOf(pool, old)).toMatchObject({ due_at: null })
    expect(await overdue(TTL, 5)).toBe(0)
    expect(await overdue(TTL + 20, 5)).toBe(1)
  })
})

describe('a result', () => {
  test('becomes the stored data', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    await queue([artist], [SOURCE], at(0))
    await work(found(), at(5))
    expect(await rowOf(pool, artist)).toMatchObject({
      state: 'fresh',
      data: facts('GB'),
      fetched_at: at(5),
      fresh_until: at(5 + TTL),
      etag: '"1"',
      external_id: 'a-1',
      confidence: 1,
      attempts: 0,
      due_at: null,
      locked_until: null,
    })
  })

  test('that fails leaves the stored data', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    await queue([artist], [SOURCE], at(0))
    await work(found(), at(0))
    await queue([artist], [SOURCE], at(TTL))
    await work({ outcome: 'failed', error: 'No.' }, at(TTL))
    expect(await rowOf(pool, artist)).toMatchObject({ state: 'failed', data: facts('GB'), fetched_at: at(0) })
    await queue([artist], [SOURCE], at(2 * TTL))
    await work({ outcome: 'unchanged' }, at(2 * TTL))
    expect(await rowOf(pool, artist)).toMatchObject({ state: 'fresh', data: facts('GB'), etag: '"1"', error: null })
  })

  describe('of "not found" for stored data', () => {
    const missing = { outcome: 'unknown', error: 'Gone.', externalId: null, candidates: [] } as const
    const known = { data: facts('GB'), etag: '"1"', external_id: 'a-1', confidence: 1, fetched_at: at(0) }

    test('keeps the data for another TTL, then deletes it', async () => {
      const artist = await addArtist(pool, { name: 'Low' })
      await queue([artist], [SOURCE], at(0))
      await work(found(), at(0))
      const before = await revision('artists')
      await queue([artist], [SOURCE], at(TTL))
      await work(missing, at(TTL))
      expect(await rowOf(pool, artist)).toMatchObject({
        ...known,
        state: 'missing',
        error: 'Gone.',
        fresh_until: at(2 * TTL),
      })
      // Caches are invalidated, because pages show that it is stale.
      expect(await revision('artists')).toBe(before + 1)
      expect(await findCoverage([{ source: SOURCE, kind: 'artist' }])).toMatchObject([{ known: 1, missing: 0 }])
      // A refresh queues it immediately.
      await queueOverdue(
        { kind: 'artist', source: SOURCE, age: { by: 'fresh_until', before: at(9 * TTL) }, limit: 1 },
        at(TTL + 60),
      )
      await work(missing, at(TTL + 60))
      expect(await rowOf(pool, artist)).toMatchObject({ ...known, state: 'missing' })
      await queue([artist], [SOURCE], at(2 * TTL + 60))
      await work(missing, at(2 * TTL + 60))
      expect(await rowOf(pool, artist)).toMatchObject({
        state: 'missing',
        data: null,
        etag: null,
        confidence: null,
        external_id: null,
      })
      expect(await revision('artists')).toBe(before + 3)
    })

    test('is reset when the source has it again', async () => {
      const artist = await addArtist(pool, { name: 'Low' })
      for (const [n, outcome] of [found(), missing, { outcome: 'unchanged' } as const, missing].entries()) {
        await queue([artist], [SOURCE], at(n * TTL))
        await work(outcome, at(n * TTL))
      }
      expect(await rowOf(pool, artist)).toMatchObject({ ...known, state: 'missing', fetched_at: at(2 * TTL) })
    })

    test('deletes data of a refused match immediately', async () => {
      const artist = await addArtist(pool, { name: 'Low' })
      await queue([artist], [SOURCE], at(0))
      await work(found(), at(0))
      await pool.query("UPDATE enrichment SET refused = '{a-1}'")
      await queue([artist], [SOURCE], at(TTL))
      await work(missing, at(TTL))
      expect(await rowOf(pool, artist)).toMatchObject({ state: 'missing', data: null })
    })
  })

  test('that is retried counts as an attempt unless the source failed', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    await queue([artist], [SOURCE], at(0))
    await work({ outcome: 'later', error: 'Busy.', dueAt: at(60), isCounted: true }, at(0))
    expect(await rowOf(pool, artist)).toMatchObject({ state: 'waiting', attempts: 1, due_at: at(60), error: 'Busy.' })
    expect(await findDue(SOURCE, at(1))).toEqual({ due: 0, nextAt: at(60) })
    await work({ outcome: 'later', error: 'Down.', dueAt: at(120), isCounted: false }, at(60))
    expect(await rowOf(pool, artist)).toMatchObject({ attempts: 1, due_at: at(120) })
  })

  test('invalidates caches only if visible data or its date has changed', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    const revisions: number[] = []
    const nothing = { outcome: 'unknown', error: 'No.', externalId: null, candidates: [] } as const
    const outcomes = [nothing, { outcome: 'failed', error: 'No.' }, found(), { outcome: 'unchanged' }, found()] as const
    for (const [n, outcome] of outcomes.entries()) {
      await queue([artist], [SOURCE], at(n * TTL))
      await work(outcome, at(n * TTL))
      revisions.push((await revision('artists')) - (revisions[0] ?? 0))
    }
    expect(revisions.slice(1)).toEqual([0, 1, 2, 3])
  })

  describe('of a source that needs another source’s id', () => {
    const lacking = { outcome: 'unknown', error: 'No id.', externalId: null, candidates: [], needs: SOURCE } as const
    const settleOf = (source: string, outcome: JobOutcome, album: Entity) =>
      settle([{ ...outcome, ...album, source, at: at(5) }], 'w', TTL)

    for (const [what, order] of [
      ['after', [SOURCE, 'coverart']],
      ['before', ['coverart', SOURCE]],
    ] as const)
      test(`is queued again if it is written ${what} the id`, async () => {
        const album = await addAlbum(pool, { title: 'Things We Lost' })
        await queue([album], [SOURCE, 'coverart'], at(0))
        for (const source of [SOURCE, 'coverart']) await claim(source, 'w', at(1))
        for (const source of order) await settleOf(source, source === SOURCE ? found() : lacking, album)
        expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'missing', due_at: at(5), locked_by: null })
        expect(await rowOf(pool, album)).toMatchObject({ state: 'fresh', due_at: null })
      })

    for (const [what, outcome] of [
      ['nothing was found', { ...lacking, externalId: 'a-0' }],
      ['the fetch failed', { outcome: 'failed', error: 'Broken.' }],
    ] as const)
      test(`is queued again if ${what} under other ids`, async () => {
        const album = await addAlbum(pool, { title: 'Things We Lost' })
        await queue([album], [SOURCE, 'coverart'], at(0))
        for (const source of ['coverart', SOURCE]) await claim(source, 'w', at(1))
        await settleOf('coverart', outcome, album)
        await settleOf(SOURCE, found(), album)
        expect(await rowOf(pool, album, 'coverart')).toMatchObject({ due_at: at(5) })
      })

    test('is not queued if that id was used', async () => {
      const album = await addAlbum(pool, { title: 'Things We Lost' })
      await queue([album], [SOURCE, 'coverart'], at(0))
      for (const source of ['coverart', SOURCE]) await claim(source, 'w', at(1))
      await settleOf('coverart', { ...lacking, externalId: 'a-1' }, album)
      await settleOf(SOURCE, found(), album)
      expect(await rowOf(pool, album, 'coverart')).toMatchObject({ due_at: null })
    })

    test('is not queued while there is no id', async () => {
      const album = await addAlbum(pool, { title: 'Things We Lost' })
      await queue([album], [SOURCE, 'coverart'], at(0))
      for (const source of [SOURCE, 'coverart']) await claim(source, 'w', at(1))
      await settleOf(SOURCE, { ...lacking, needs: 'coverart' }, album)
      await settleOf('coverart', lacking, album)
      expect(await rowOf(pool, album, 'coverart')).toMatchObject({ due_at: null })
      expect(await rowOf(pool, album)).toMatchObject({ due_at: null })
    })

    test('is queued again when its id has changed', async () => {
      const album = await addAlbum(pool, { title: 'Things We Lost' })
      for (const [id, source] of [
        ['a-1', SOURCE],
        ['a-1', 'coverart'],
        ['a-2', SOURCE],
      ] as const) {
        await pool.query("UPDATE enrichment SET fresh_until = 'epoch'")
        await queue([album], [source], at(0))
        await claim(source, 'w', at(1))
        await settleOf(source, { ...found(), externalId: id }, album)
      }
      expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'fresh', due_at: at(5) })
      expect(await rowOf(pool, album)).toMatchObject({ external_id: 'a-2', due_at: null })
    })
  })

  test('of a deleted entity is dropped', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    await queue([artist], [SOURCE], at(0))
    const job = await claim(SOURCE, 'w', at(0))
    await pool.query('DELETE FROM artist WHERE id = $1', [artist.id])
    expect(await rowOf(pool, artist)).toEqual({})
    await settle([{ ...found(), ...artist, source: SOURCE, at: at(0) }], 'w', TTL)
    expect(job).not.toBeNull()
    expect(await rowOf(pool, artist)).toEqual({})
    expect(await queue([artist], [SOURCE], at(0))).toBe(0)
  })
})

describe('an operator', () => {
  const candidates = [{ id: 'a-1', name: 'Low', detail: 'US', confidence: 0.7 }]

  test('chooses a match', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    await queue([artist], [SOURCE], at(0))
    await work({ outcome: 'unknown', error: 'Not sure.', externalId: null, candidates }, at(0))
    expect(await findReviews(10)).toEqual([{ ...artist, source: SOURCE, name: 'Low', candidates }])
    expect(await choose(artist, SOURCE, 'a-1', at(1))).toBe(true)
    expect(await findReviews(10)).toEqual([])
    expect(await claim(SOURCE, 'w', at(1))).toMatchObject({ externalId: 'a-1', confidence: 1 })
    expect(await choose({ ...artist, id: 999_999 }, SOURCE, 'a-1', at(1))).toBe(false)
  })

  test('requeues other sources that lacked the id or used another', async () => {
    const [lacking, wrong] = [await addAlbum(pool, { title: 'A' }), await addAlbum(pool, { title: 'B' })]
    const settleOf = (album: Entity, source: string, outcome: JobOutcome) =>
      settle([{ ...outcome, ...album, source, at: at(0) }], 'w', TTL)
    await queue([lacking, wrong], [SOURCE, 'coverart'], at(0))
    for (let n = 0; n < 2; n++) for (const source of [SOURCE, 'coverart']) await claim(source, 'w', at(0))
    const nothing = { outcome: 'unknown', error: '', externalId: null, candidates } as const
    await settleOf(lacking, SOURCE, nothing)
    await settleOf(lacking, 'coverart', { ...nothing, candidates: [], needs: SOURCE })
    await settleOf(wrong, SOURCE, found())
    await settleOf(wrong, 'coverart', found())
    for (const album of [lacking, wrong]) {
      expect(await choose(album, SOURCE, 'a-9', at(1))).toBe(true)
      expect(await rowOf(pool, album, 'coverart')).toMatchObject({ due_at: at(1) })
      // Pages no longer show the data of the other match.
      expect(await rowOf(pool, album)).toMatchObject({ external_id: 'a-9', due_at: at(1), data: null })
      expect(await findSubject(album)).toMatchObject({ releaseGroup: 'a-9' })
    }
  })

  test('refuses candidates during a fetch: they are not offered again', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    const offered = (ids: string[]): JobOutcome => {
      const each = ids.map((id) => ({ id, name: 'Low', detail: 'US', confidence: 0.7 }))
      return { outcome: 'unknown', error: 'Not sure.', externalId: null, candidates: each }
    }
    await queue([artist], [SOURCE], at(0))
    await work(offered(['a-1']), at(0))
    await queue([artist], [SOURCE], at(TTL))
    const job = await claim(SOURCE, 'w', at(TTL))
    expect(await refuse(artist, SOURCE)).toBe(true)
    await settle([{ ...offered(['a-3', 'a-1', 'a-2']), ...artist, source: SOURCE, at: at(TTL) }], 'w', TTL)
    expect(job).not.toBeNull()
    const [review] = await findReviews(10)
    expect(review?.candidates.map(({ id }) => id)).toEqual(['a-3', 'a-2'])
  })

  test('refuses candidates for good', async () => {
    const artist = await addArtist(pool, { name: 'Low' })
    await queue([artist], [SOURCE], at(0))
    await work({ outcome: 'unknown', error: 'Not sure.', externalId: null, candidates }, at(0))
    expect(await refuse(artist, SOURCE)).toBe(true)
    expect(await refuse(artist, SOURCE)).toBe(false)
    await queue([artist], [SOURCE], at(TTL))
    expect(await claim(SOURCE, 'w', at(TTL))).toMatchObject({ refused: ['a-1'] })
  })
})

test('returns the lookup data of an artist and an album', async () => {
  const artist = await addArtist(pool, { name: 'Low', mbid: 'mb-1' })
  const album = await addAlbum(pool, { title: 'Things We Lost', artist: 'Low', year: 2001, mbid: 'mb-2' })
  await credit(pool, artist, album)
  expect(await findSubject(artist)).toEqual({
    ...artist,
    name: 'Low',
    disambiguation: '',
    mbids: ['mb-1'],
    albums: [{ title: 'Things We Lost', year: 2001 }],
  })
  expect(await findSubject(album)).toEqual({
    ...album,
    title: 'Things We Lost',
    disambiguation: '',
    credit: 'Low',
    year: 2001,
    label: null,
    mbids: ['mb-2'],
    releaseGroup: null,
  })
  expect(await findSubject({ kind: 'artist', id: 999_999 })).toBeNull()
})

test('coverage counts known, missing and ambiguous entities', async () => {
  const artists = await Promise.all(['A', 'B', 'C', 'D'].map((name) => addArtist(pool, { name })))
  for (const [artist, outcome] of [
    [artists[0], found()],
    [artists[1], { outcome: 'failed', error: 'No.' }],
    [artists[2], { outcome: 'unknown', error: '', externalId: null, candidates: [] }],
  ] as const) {
    if (artist) await queue([artist], [SOURCE], at(0))
    await work(outcome, at(3))
  }
  expect(
    await findCoverage([
      { source: SOURCE, kind: 'artist' },
      { source: 'coverart', kind: 'album' },
    ]),
  ).toEqual([
    {
      source: SOURCE,
      kind: 'artist',
      total: 4,
      known: 1,
      missing: 1,
      failed: 1,
      queued: 0,
      toReview: 0,
      oldest: at(3),
    },
    {
      source: 'coverart',
      kind: 'album',
      total: 0,
      known: 0,
      missing: 0,
      failed: 0,
      queued: 0,
      toReview: 0,
      oldest: null,
    },
  ])
})
