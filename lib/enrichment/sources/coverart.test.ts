import { rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { backgroundDecoder } from '@/lib/artwork/decoding/decoder-pool'
import { storage } from '@/lib/artwork/storage/storage'
import { removeCover, setCovers } from '@/lib/artwork/write'
import { createTestDatabase } from '@/lib/db/testing/database'
import { OutsideClient } from '@/lib/enrichment/http/client'
import { queue } from '@/lib/enrichment/store/jobs'
import { TestClock } from '@/lib/enrichment/testing/clock'
import { addAlbum, emptyEnrichment, rowOf } from '@/lib/enrichment/testing/entities'
import { isRecorded, RecordedSource } from '@/lib/enrichment/testing/recorded-source'
import { type Failure, failures, OutsideServer } from '@/lib/enrichment/testing/server'
import { runDueJobs, runJobsForever } from '@/lib/enrichment/work/work'
import { coverart } from './coverart'

/** Recorded responses of the Cover Art Archive, with pictures that are really processed. */

// The environment is read once, when the first module loads.
const scratch = await vi.hoisted(async () => {
  const folder = await (await import('@/lib/db/testing/scratch')).makeScratch('coverart')
  process.env.SYRO_DATA_DIR = folder
  return folder
})
const { pool } = await createTestDatabase()
afterAll(async () => {
  backgroundDecoder().end()
  await rm(scratch, { recursive: true, force: true })
})

const images = fileURLToPath(new URL('../../../../shared/data/images/', import.meta.url))
/** It has a thumbnail of 1200 pixels. */
const RELEASE = 'b4a4c12d-92f5-4692-9bdc-21ddc2d266b5'
/** It has thumbnails of 250 and 500 pixels only. */
const OLDER = '42fab4c5-13e1-4663-bef4-dbd41a8050bd'
/** Its ids are strings. */
const TEXTS = '6ef6e6cd-ad36-4c2f-816d-121bfb2f6774'
const NOTHING = '155b4ef4-fda3-40ea-93e8-05ff5e831880'
const GROUP = 'f5093c06-23e3-404f-aeaa-40f72885ee3a'

let recorded = new RecordedSource()
/** The archive's failure when a picture is requested. */
let pictureFails: Failure | null = null
const server = await OutsideServer.start((request, response) => {
  if (pictureFails && request.url?.startsWith('/download/')) failures[pictureFails](request, response)
  else recorded.listener(request, response)
})
let clock = new TestClock()

beforeEach(async () => {
  await emptyEnrichment(pool)
  await pool.query('TRUNCATE album_artwork, artwork CASCADE')
  recorded = new RecordedSource()
  pictureFails = null
  server.requests.length = 0
  clock = new TestClock()
})

function opened() {
  const client = new OutsideClient({ baseUrl: server.url, isOwn: true, userAgent: 'test', now: clock.now })
  return { name: 'coverart', source: coverart, client, interval: 1_000 }
}
async function work(): Promise<void> {
  await runDueJobs(opened(), { ttl: 86_400, clock, signal: new AbortController().signal })
}

async function fetchCover(mbid?: string) {
  const album = await addAlbum(pool, { title: 'Album', ...(mbid && { mbid }) })
  await queue([album], ['coverart'], clock.now())
  await work()
  return album
}

const coverOf = async (id: number) =>
  (await pool.query('SELECT hash, source, fetched_at FROM album_artwork WHERE album_id = $1', [id])).rows[0]

describe.skipIf(!isRecorded)('the archive', () => {
  for (const [what, release, size] of [
    ['in the smallest sufficient size', RELEASE, '-1200.jpg'],
    ['in its original size if no thumbnail is large enough', OLDER, '15486350950.jpg'],
    ['if its ids are strings', TEXTS, '.jpg'],
  ] as const)
    test(`has the front cover ${what}`, async () => {
      const album = await fetchCover(release)
      const row = await rowOf(pool, album, 'coverart')
      expect(row).toMatchObject({ state: 'fresh', external_id: release, etag: '"index"', error: null })
      expect(await coverOf(album.id)).toMatchObject({ source: 'coverart', fetched_at: row.fetched_at })
      const picture = server.requests.find(({ path }) => path.startsWith('/download/'))
      expect(picture?.path).toContain(size)
    })

  test('gives the cover of a matched release group', async () => {
    recorded.frontOf.set(GROUP, RELEASE)
    const album = await addAlbum(pool, { title: 'Album' })
    await pool.query(
      "INSERT INTO enrichment (kind, entity_id, source, state, external_id, data) VALUES ('album', $1, 'musicbrainz', 'fresh', $2, '{}')",
      [album.id, GROUP],
    )
    await queue([album], ['coverart'], clock.now())
    await work()
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'fresh', external_id: GROUP })
    expect(server.requests.map(({ path }) => path)[0]).toBe(`/release-group/${GROUP}`)
  })

  test('is requested again when MusicBrainz matches the album', async () => {
    const album = await addAlbum(pool, { title: 'Album', mbid: NOTHING })
    await queue([album], ['coverart'], clock.now())
    const source = {
      ...coverart,
      lookUp: async (...parameters: Parameters<typeof coverart.lookUp>) => {
        const finding = await coverart.lookUp(...parameters)
        await pool.query(
          `INSERT INTO enrichment (kind, entity_id, source, state, external_id, data)
           VALUES ('album', $1, 'musicbrainz', 'fresh', $2, '{}') ON CONFLICT DO NOTHING`,
          [album.id, RELEASE],
        )
        return finding
      },
    }
    for (let time = 0; time < 2; time++)
      await runDueJobs({ ...opened(), source }, { ttl: 86_400, clock, signal: new AbortController().signal })
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'fresh', external_id: RELEASE })
  })

  test('removes a cover stored without an id if the archive has none', async () => {
    const other = await fetchCover(RELEASE)
    const { hash } = await coverOf(other.id)
    const album = await addAlbum(pool, { title: 'Album', mbid: NOTHING })
    await setCovers([{ albumId: album.id, hash, source: 'coverart', fetchedAt: new Date() }])
    await queue([album], ['coverart'], clock.now())
    await work()
    expect(await coverOf(album.id)).toBeUndefined()
    expect(await coverOf(other.id)).toBeDefined()
  })

  test('does not send unchanged pictures', async () => {
    const album = await fetchCover(RELEASE)
    clock.move(25 * 3_600_000)
    server.requests.length = 0
    await queue([album], ['coverart'], clock.now())
    await work()
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'fresh', due_at: null })
    expect(server.requests.filter(({ path }) => path.startsWith('/download/'))).toEqual([])
    expect(await coverOf(album.id)).toBeDefined()
  })

  for (const [what, lose] of [
    ['that was removed', (id: number) => removeCover(id)],
    ['whose file was lost', async () => rm(scratch, { recursive: true, force: true })],
  ] as const)
    test(`restores a cover ${what}`, async () => {
      const album = await fetchCover(RELEASE)
      const { hash } = await coverOf(album.id)
      await lose(album.id)
      clock.move(25 * 3_600_000)
      await queue([album], ['coverart'], clock.now())
      await work()
      expect(await coverOf(album.id)).toMatchObject({ hash, source: 'coverart' })
      expect(await (await storage()).names(hash)).not.toEqual([])
    })

  test('restores the fetched cover when an operator’s is removed', async () => {
    const album = await fetchCover(RELEASE)
    const { hash } = await coverOf(album.id)
    await setCovers([{ albumId: album.id, hash, source: 'operator', fetchedAt: new Date() }])
    await removeCover(album.id)
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ due_at: expect.any(Date) })
    clock.move(Date.now() + 60_000 - clock.now().getTime())
    await work()
    expect(await coverOf(album.id)).toMatchObject({ hash, source: 'coverart' })
  })

  test('has no cover for some albums', async () => {
    const album = await fetchCover(NOTHING)
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({
      state: 'missing',
      error: 'The archive has no cover of it.',
      external_id: NOTHING,
    })
  })

  test('removes a cover stored under an id that the album no longer has', async () => {
    recorded.frontOf.set(GROUP, RELEASE)
    const album = await addAlbum(pool, { title: 'Album' })
    const say = (id: string) =>
      pool.query(
        `INSERT INTO enrichment (kind, entity_id, source, state, external_id, data) VALUES ('album', $1, 'musicbrainz', 'fresh', $2, '{}')
         ON CONFLICT (kind, entity_id, source) DO UPDATE SET external_id = $2`,
        [album.id, id],
      )
    const again = async () => {
      await pool.query("UPDATE enrichment SET due_at = $1 WHERE source = 'coverart'", [clock.now()])
      await work()
    }
    await say(GROUP)
    await queue([album], ['coverart'], clock.now())
    await work()
    expect(await coverOf(album.id)).toBeDefined()
    await say(NOTHING)
    await again()
    expect(await coverOf(album.id)).toBeUndefined()
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'missing', external_id: NOTHING, data: null })
    // An operator's cover is never removed.
    await say(GROUP)
    await again()
    await say(NOTHING)
    await pool.query("UPDATE album_artwork SET source = 'operator'")
    await again()
    expect(await coverOf(album.id)).toMatchObject({ source: 'operator' })
  })

  test('leaves an operator’s cover', async () => {
    const other = await fetchCover(RELEASE)
    const { hash } = await coverOf(other.id)
    const album = await addAlbum(pool, { title: 'Mine', mbid: OLDER })
    await pool.query("INSERT INTO album_artwork VALUES ($1, $2, 'operator', 'epoch')", [album.id, hash])
    recorded.picture = `${images}good/hopper.png`
    await queue([album], ['coverart'], clock.now())
    await work()
    expect(await coverOf(album.id)).toMatchObject({ hash, source: 'operator' })
  })

  test('may send a bad picture: the album keeps its cover', async () => {
    const album = await fetchCover(RELEASE)
    const before = await coverOf(album.id)
    recorded.picture = `${images}bad/truncated_jpeg.jpg`
    await pool.query("UPDATE enrichment SET etag = NULL, fresh_until = 'epoch'")
    await queue([album], ['coverart'], clock.now())
    await work()
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'failed', due_at: null })
    expect((await rowOf(pool, album, 'coverart')).error).toMatch(/^Its front cover was refused\. ./)
    expect(await coverOf(album.id)).toEqual(before)
  })

  test('may fail during the download: the job is retried', async () => {
    pictureFails = 'truncated'
    const album = await fetchCover(RELEASE)
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(await coverOf(album.id)).toBeUndefined()
  })

  test('may send a picture that is too large: it is refused', async () => {
    pictureFails = 'large'
    const album = await fetchCover(RELEASE)
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'failed' })
  })
})

describe.skipIf(!isRecorded)('if pictures can’t be stored', () => {
  const blocker = `${scratch}/artwork`
  beforeEach(async () => {
    await rm(blocker, { recursive: true, force: true })
    await writeFile(blocker, '')
  })
  afterEach(() => rm(blocker, { recursive: true, force: true }))

  const addAlbums = async () => {
    const albums = [RELEASE, OLDER, TEXTS].map((mbid) => addAlbum(pool, { title: 'Album', mbid }))
    await queue(await Promise.all(albums), ['coverart'], clock.now())
  }
  const pictures = () => server.requests.filter(({ path }) => path.startsWith('/download/')).length
  const rows = async () =>
    (await pool.query('SELECT DISTINCT state::text, attempts, locked_by, due_at IS NOT NULL AS due FROM enrichment'))
      .rows

  test('fetches pause, no job fails, and all succeed later', async () => {
    await addAlbums()
    await expect(work()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/ is a file/) })
    expect(pictures()).toBeLessThanOrEqual(2)
    expect(await rows()).toEqual([{ state: 'waiting', attempts: 0, locked_by: null, due: true }])
    await rm(blocker)
    await work()
    expect(await rows()).toMatchObject([{ state: 'fresh', due: false }])
  })

  test('the worker logs it once and retries once a minute', async () => {
    await addAlbums()
    const messages: string[] = []
    const stop = new AbortController()
    const waits: number[] = []
    const wait = async (ms: number, signal: AbortSignal) => {
      // All other waits are for the rate limit.
      if (signal === stop.signal && waits.push(ms) === 3) stop.abort()
      await clock.wait(ms)
    }
    const slow = { now: clock.now, random: clock.random, wait }
    await runJobsForever(opened(), { ttl: 86_400, clock: slow, signal: stop.signal }, (sentence) =>
      messages.push(sentence),
    )
    expect(messages).toEqual([expect.stringMatching(/^Nothing can be fetched from coverart now: .* is a file/)])
    expect(waits).toEqual([60_000, 60_000, 60_000])
  })
})

test.skipIf(!isRecorded)('skips an imported id that is not valid and requests the next', async () => {
  const album = await addAlbum(pool, { title: 'Album', mbid: 'abc-not-uuid' })
  await pool.query("INSERT INTO album_external_id VALUES ('musicbrainz', $1, $2)", [RELEASE.toUpperCase(), album.id])
  await queue([album], ['coverart'], clock.now())
  await work()
  expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'fresh', external_id: RELEASE })
  expect(server.requests.map(({ path }) => path).join()).not.toContain('abc-not-uuid')
})

test('sends no request without an id, and one when an id is learned', async () => {
  const album = await fetchCover()
  expect(server.requests).toEqual([])
  expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'missing', external_id: null })
})
