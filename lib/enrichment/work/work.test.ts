import { beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { OutsideClient } from '@/lib/enrichment/http/client'
import { findSourceHealth } from '@/lib/enrichment/pace/health'
import { LEFT_ALONE_MS } from '@/lib/enrichment/pace/rate-limit'
import { musicbrainz } from '@/lib/enrichment/sources/musicbrainz/musicbrainz'
import type { Source } from '@/lib/enrichment/sources/source'
import { MAX_ATTEMPTS, queue } from '@/lib/enrichment/store/jobs'
import { TestClock } from '@/lib/enrichment/testing/clock'
import { addAlbum, addArtist, emptyEnrichment, rowOf } from '@/lib/enrichment/testing/entities'
import { OutsideServer } from '@/lib/enrichment/testing/server'
import type { OpenSource } from './job'
import { type Refresh, refresh } from './refresh'
import { runDueJobs, runJobsForever, type Work } from './work'

const { pool } = await createTestDatabase()

const TTL = 86_400
let clock: TestClock
/** The time of each request, in ms since the first. */
let times: number[] = []
let blocked: (() => void)[] | null = null

const server = await OutsideServer.start((request, response) => {
  times.push(clock.now().getTime())
  const id = /artist\/([^?]+)/.exec(request.url ?? '')?.[1]
  const send = () =>
    response
      .writeHead(200, { 'content-type': 'application/json', etag: '"1"' })
      .end(JSON.stringify(id ? { id, name: 'Low', country: 'US' } : { artists: [], 'release-groups': [] }))
  if (blocked) blocked.push(send)
  else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
  else send()
})

beforeEach(async () => {
  await emptyEnrichment(pool)
  clock = new TestClock()
  times = []
  blocked = null
  server.failure = null
  server.requests.length = 0
})

const sourceOf = (options: { source?: Source; on?: TestClock } = {}): OpenSource => ({
  name: 'musicbrainz',
  source: options.source ?? musicbrainz,
  client: new OutsideClient({
    baseUrl: server.url,
    isOwn: true,
    userAgent: 'test',
    now: (options.on ?? clock).now,
    timeouts: { connect: 60_000, whole: 60_000 },
  }),
  interval: 1_000,
})
const workOf = (given: Partial<Work> = {}): Work => ({
  ttl: TTL,
  clock,
  signal: new AbortController().signal,
  ...given,
})

const mbid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const addArtists = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => addArtist(pool, { name: `Low ${n}`, mbid: mbid(n) })))
const queueAll = async (count: number) => {
  const artists = await addArtists(count)
  await queue(artists, ['musicbrainz'], clock.now())
  return artists
}

const states = async () => {
  const { rows } = await pool.query<{ state: string; count: number }>(
    'SELECT state::text, count(*)::int FROM enrichment GROUP BY state ORDER BY state',
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

describe('due jobs', () => {
  test('runs all due jobs', async () => {
    const artists = await queueAll(5)
    expect(await runDueJobs(sourceOf(), workOf())).toBeNull()
    expect(await states()).toEqual({ fresh: 5 })
    expect(await rowOf(pool, artists[0] ?? { kind: 'artist', id: 0 })).toMatchObject({
      data: { country: 'US' },
      confidence: 1,
      locked_by: null,
    })
    await runDueJobs(sourceOf(), workOf())
    expect(server.requests).toHaveLength(5)
  })

  test('requests each entity once across workers, within the rate limit', async () => {
    await queueAll(12)
    const began = clock.now().getTime()
    await Promise.all(Array.from({ length: 4 }, () => runDueJobs(sourceOf(), workOf())))
    expect(await states()).toEqual({ fresh: 12 })
    expect(new Set(server.requests.map(({ path }) => path)).size).toBe(12)
    expect(server.requests).toHaveLength(12)
    // One per second across workers: lib/enrichment/pace.
    expect(clock.now().getTime() - began).toBeGreaterThanOrEqual(11_000)
  })

  test('drops jobs whose artist was deleted', async () => {
    await queueAll(1)
    await pool.query('TRUNCATE artist CASCADE')
    await runDueJobs(sourceOf(), workOf())
    expect(await states()).toEqual({})
    expect(server.requests).toEqual([])
  })

  test('fails after five attempts with growing delays, until it is queued again', async () => {
    const [artist] = await queueAll(1)
    if (!artist) throw new Error('No artist')
    const waits: number[] = []
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      server.failure = 'broken JSON'
      await runDueJobs(sourceOf(), workOf())
      const due = (await rowOf(pool, artist)).due_at
      const wait = due instanceof Date ? due.getTime() - clock.now().getTime() : Number.NaN
      waits.push(wait)
      clock.move(wait)
    }
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000])
    await runDueJobs(sourceOf(), workOf())
    expect(await rowOf(pool, artist)).toMatchObject({ state: 'failed', due_at: null, attempts: 0 })
    expect((await rowOf(pool, artist)).error).toMatch(/sent invalid JSON\.$/)
    server.failure = null
    clock.move(LEFT_ALONE_MS)
    expect(await queue([artist], ['musicbrainz'], clock.now())).toBe(0)
    clock.move(TTL * 1_000)
    expect(await queue([artist], ['musicbrainz'], clock.now())).toBe(1)
    await runDueJobs(sourceOf(), workOf())
    expect(await states()).toEqual({ fresh: 1 })
  })

  test('does not retry what the source rejects until it is queued again', async () => {
    await queueAll(2)
    server.failure = 400
    await runDueJobs(sourceOf(), workOf())
    expect(await states()).toEqual({ failed: 2 })
    expect(await findSourceHealth()).toMatchObject([{ failures: 0 }])
  })
})

describe('a source that is down', () => {
  test('is paused after five failures and probed once a minute, and no job is lost', async () => {
    await queueAll(20)
    server.failure = 500
    const until = await runDueJobs(sourceOf(), workOf())
    expect(until).not.toBeNull()
    const requests = server.requests.length
    // Both lanes may have had a request in flight.
    expect(requests).toBeLessThanOrEqual(6)
    await runDueJobs(sourceOf(), workOf())
    expect(server.requests).toHaveLength(requests)
    for (let minute = 1; minute <= 3; minute++) {
      clock.move(LEFT_ALONE_MS)
      await runDueJobs(sourceOf(), workOf())
      expect(server.requests).toHaveLength(requests + minute)
    }
    server.failure = null
    for (let hour = 0; hour < 3; hour++) {
      clock.move(6 * 3_600_000)
      await runDueJobs(sourceOf(), workOf())
    }
    expect(await states()).toEqual({ fresh: 20 })
  })

  test('has recovered when it responds, even if it rejects the request', async () => {
    await queueAll(20)
    server.failure = 500
    await runDueJobs(sourceOf(), workOf())
    clock.move(LEFT_ALONE_MS)
    server.failure = 400
    expect(await runDueJobs(sourceOf(), workOf())).toBeNull()
    expect(await findSourceHealth()).toMatchObject([{ failures: 0 }])
  })

  test('for hours fails no job', async () => {
    await queueAll(2)
    server.failure = 'reset'
    for (let minute = 0; minute < 120; minute++) {
      clock.move(LEFT_ALONE_MS)
      await runDueJobs(sourceOf(), workOf())
    }
    expect(await states()).toEqual({ waiting: 2 })
  })

  test('gets no request before its Retry-After', async () => {
    await queueAll(3)
    server.failure = 503
    const began = clock.now().getTime()
    await runDueJobs(sourceOf(), workOf())
    server.failure = null
    clock.move(3_600_000)
    await runDueJobs(sourceOf(), workOf())
    expect(times[0]).toBeGreaterThanOrEqual(began + 30_000)
    expect(await states()).toEqual({ fresh: 3 })
  })

  for (const failure of [404, 403, 'html'] as const)
    test(`that responds with ${failure} to everything is paused, and no stored data is lost`, async () => {
      const artists = await queueAll(8)
      // Half of them have no id and are searched for.
      await pool.query('DELETE FROM artist_external_id WHERE artist_id % 2 = 0')
      await pool.query(
        "UPDATE enrichment SET data = '{}', state = 'fresh', fetched_at = 'epoch', fresh_until = 'epoch'",
      )
      server.failure = failure
      expect(await runDueJobs(sourceOf(), workOf())).not.toBeNull()
      expect(server.requests.length).toBeLessThanOrEqual(6)
      expect(await states()).toEqual({ fresh: artists.length })
      expect((await pool.query('SELECT FROM enrichment WHERE data IS NULL')).rowCount).toBe(0)
    })

  test('leaves stored data, which is refreshed after it has recovered', async () => {
    const [artist] = await queueAll(1)
    if (!artist) throw new Error('No artist')
    await runDueJobs(sourceOf(), workOf())
    clock.move(25 * 3_600_000)
    server.failure = 500
    await queue([artist], ['musicbrainz'], clock.now())
    await runDueJobs(sourceOf(), workOf())
    const stale = await rowOf(pool, artist)
    expect(stale).toMatchObject({ state: 'fresh', data: { country: 'US' } })
    expect(stale.fresh_until).toBeInstanceOf(Date)
    expect(Number(stale.fresh_until)).toBeLessThan(clock.now().getTime())
    server.failure = null
    clock.move(3_600_000)
    await runDueJobs(sourceOf(), workOf())
    expect(Number((await rowOf(pool, artist)).fresh_until)).toBe(clock.now().getTime() + TTL * 1_000)
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"1"')
  })
})

test('an aborted worker releases its jobs and loses no result', async () => {
  await queueAll(3)
  blocked = []
  const stop = new AbortController()
  const working = runDueJobs(sourceOf(), workOf({ signal: stop.signal }))
  await eventually(() => expect(blocked?.length).toBeGreaterThan(0))
  stop.abort()
  expect(await working).toBeNull()
  const { rows } = await pool.query('SELECT DISTINCT attempts, locked_by FROM enrichment')
  expect(rows).toEqual([{ attempts: 0, locked_by: null }])
  blocked = null
  await runDueJobs(sourceOf(), workOf())
  expect(await states()).toEqual({ fresh: 3 })
})

test('retries found data that can’t be stored', async () => {
  await queueAll(2)
  let isFull = true
  const source: Source = {
    ...musicbrainz,
    store: async () => {
      if (isFull) throw new Error('The disk is full')
    },
  }
  await runDueJobs(sourceOf({ source }), workOf())
  expect(await states()).toEqual({ waiting: 2 })
  isFull = false
  clock.move(3_600_000)
  await runDueJobs(sourceOf({ source }), workOf())
  expect(await states()).toEqual({ fresh: 2 })
})

test('fails in the end if found data can’t be stored, with the reason', async () => {
  const [artist] = await queueAll(1)
  if (!artist) throw new Error('No artist')
  const keep = async () => {
    throw new Error('The shelf is broken')
  }
  for (let attempt = 0; attempt <= MAX_ATTEMPTS; attempt++) {
    await runDueJobs(sourceOf({ source: { ...musicbrainz, store: keep } }), workOf())
    clock.move(3_600_000)
  }
  expect(await rowOf(pool, artist)).toMatchObject({
    state: 'failed',
    error: 'It could not be stored: The shelf is broken',
  })
})

test('a worker runs new jobs, logs an error once and goes on', async () => {
  const messages: string[] = []
  const stop = new AbortController()
  await pool.query('ALTER TABLE enrichment RENAME TO enrichment_away')
  const working = runJobsForever(sourceOf(), workOf({ signal: stop.signal }), (sentence) => messages.push(sentence))
  await eventually(() => expect(messages).toHaveLength(1))
  await pool.query('ALTER TABLE enrichment_away RENAME TO enrichment')
  await queueAll(1)
  await eventually(async () => expect(await states()).toEqual({ fresh: 1 }))
  stop.abort()
  await working
  expect(messages).toEqual(['Nothing can be fetched from musicbrainz now: relation "enrichment" does not exist'])
})

describe('a refresh', () => {
  const run = (given: Partial<Parameters<typeof refresh>[0]> = {}, work: Partial<Work> = {}) =>
    refresh(
      {
        sources: [sourceOf()],
        kinds: ['artist', 'album'],
        limit: Number.MAX_SAFE_INTEGER,
        olderThan: null,
        force: false,
        ...given,
      },
      workOf(work),
    )

  test('fetches new entities up to the limit and returns a summary', async () => {
    await addArtists(5)
    const done: [number, number][] = []
    const first = await refresh(
      { sources: [sourceOf()], kinds: ['artist'], limit: 3, olderThan: null, force: false },
      workOf(),
      (...progress) => done.push(progress),
    )
    expect(first).toMatchObject({ outcomes: { found: 3 }, leftAlone: [] })
    expect(done).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ])
    expect(await run()).toMatchObject({ outcomes: { found: 2 } })
    expect(await run()).toMatchObject({ outcomes: { found: 0, unchanged: 0 } })
    expect(await states()).toEqual({ fresh: 5 })
  })

  test('fetches data older than a given age, or everything, once', async () => {
    await addArtists(2)
    await run()
    clock.move(2 * 3_600_000)
    expect(await run({ olderThan: 3 * 3_600_000 })).toMatchObject({ outcomes: { unchanged: 0 } })
    expect(await run({ olderThan: 3_600_000 })).toMatchObject({ outcomes: { unchanged: 2 } })
    clock.move(1)
    expect(await run({ force: true })).toMatchObject({ outcomes: { found: 2 } })
    clock.move(25 * 3_600_000)
    expect(await run()).toMatchObject({ outcomes: { unchanged: 2 } })
  })

  test('keeps to its limit, kinds and age, whatever is queued', async () => {
    const artists = await addArtists(4)
    await run()
    const albums = await Promise.all(Array.from({ length: 5 }, (_, n) => addAlbum(pool, { title: `Album ${n}` })))
    // The state after a killed run.
    clock.move(3_600_000)
    await pool.query('UPDATE enrichment SET due_at = $1', [clock.now()])
    await queue(albums.slice(0, 4), ['musicbrainz'], clock.now())
    clock.move(1)

    const done: [number, number][] = []
    const options = {
      sources: [sourceOf()],
      kinds: ['album'],
      limit: 2,
      olderThan: null,
      force: false,
    } satisfies Refresh
    expect(await refresh(options, workOf(), (...progress) => done.push(progress))).toMatchObject({
      outcomes: { found: 0, unchanged: 0, unknown: 2 },
    })
    expect(done).toEqual([
      [1, 2],
      [2, 2],
    ])
    expect(await run({ kinds: ['artist'], limit: 3, olderThan: 2 * 3_600_000 })).toMatchObject({
      outcomes: { unchanged: 0, unknown: 0 },
    })
    const { outcomes } = await run({ kinds: ['artist'], limit: 3, olderThan: 1_800_000 })
    expect(outcomes).toMatchObject({ unchanged: 3, unknown: 0 })
    expect(await states()).toMatchObject({ fresh: 4, missing: 2, waiting: 2 })
    const counts: number[] = []
    await refresh({ ...options, kinds: ['artist', 'album'], limit: 9 }, workOf(), (_, all) => counts.push(all))
    expect(counts).toEqual([4, 4, 4, 4])
    expect(await rowOf(pool, artists[0] ?? { kind: 'artist', id: 0 })).toMatchObject({ due_at: null })
  })

  test('selects by age even if the data is still fresh', async () => {
    await addArtists(2)
    await run({}, { ttl: 7 * TTL })
    clock.move(2 * 3_600_000)
    expect(await run({ olderThan: 3 * 3_600_000 }, { ttl: 60 })).toMatchObject({ outcomes: { unchanged: 0 } })
    expect(await run({ olderThan: 3_600_000 }, { ttl: 60 })).toMatchObject({ outcomes: { unchanged: 2 } })
    clock.move(1)
    expect(await run({ force: true }, { ttl: 30 })).toMatchObject({ outcomes: { found: 2 } })
  })

  test('retries failed jobs if forced', async () => {
    await addArtists(1)
    server.failure = 400
    expect(await run()).toMatchObject({ outcomes: { failed: 1 } })
    server.failure = null
    expect(await run()).toMatchObject({ outcomes: { found: 0 } })
    clock.move(1)
    expect(await run({ force: true })).toMatchObject({ outcomes: { found: 1 } })
  })

  test('ends if the source is down, and reports it', async () => {
    await addArtists(20)
    server.failure = 500
    const { leftAlone, outcomes } = await run()
    expect(leftAlone).toMatchObject([{ name: 'musicbrainz' }])
    expect(outcomes.found).toBe(0)
    expect(server.requests.length).toBeLessThanOrEqual(6)
  })

  test('ends when its signal aborts', async () => {
    await addArtists(20)
    const stop = new AbortController()
    const { outcomes } = await run({}, { signal: stop.signal, onResult: () => stop.abort() })
    expect(outcomes.found).toBeLessThanOrEqual(2)
    expect(await states()).toMatchObject({ waiting: 20 - outcomes.found })
  })
})
