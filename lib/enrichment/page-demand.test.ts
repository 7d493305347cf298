import { beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { statementsOf } from '@/lib/db/testing/statements'
import { addAlbum, addArtist, emptyEnrichment } from '@/lib/enrichment/testing/entities'
import { env } from '@/lib/env'
import { noteShown, queueShown } from './page-demand'

const { pool } = await createTestDatabase()
const now = new Date('2026-01-01T00:00:00Z')

beforeEach(async () => {
  await emptyEnrichment(pool)
  env.ENRICHMENT = ['musicbrainz', 'coverart']
})

/** How many timers for later it sets, which never come here. */
function timersOf(work: () => void): number {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    work()
    return vi.getTimerCount()
  } finally {
    vi.useRealTimers()
  }
}

const queued = async () => (await pool.query('SELECT FROM enrichment WHERE due_at IS NOT NULL')).rowCount

test('what pages show is queued a moment later, all at once, and once', async () => {
  const albums = [await addAlbum(pool, { title: 'One' }), await addAlbum(pool, { title: 'Two' })]
  const artist = await addArtist(pool, { name: 'Low' })
  const show = () => {
    for (let page = 0; page < 10; page++) {
      noteShown('album', albums)
      noteShown('artist', [artist])
    }
  }
  let timers = 0
  const whileShown = async () => {
    timers = timersOf(show)
  }
  expect(await statementsOf(whileShown)).toBe(0)
  expect(timers).toBe(1)
  expect(await statementsOf(() => queueShown(now))).toBe(1)
  expect(await queued()).toBe(6)
  show()
  expect(await queueShown(now)).toBe(0)
  expect(await queueShown(now)).toBe(0)
})

test('nothing is noted where no source is turned on', async () => {
  env.ENRICHMENT = []
  const album = await addAlbum(pool, { title: 'One' })
  expect(timersOf(() => noteShown('album', [album]))).toBe(0)
  expect(await queueShown(now)).toBe(0)
})

test('a database that is away is nothing to a page', async () => {
  noteShown('album', [await addAlbum(pool, { title: 'One' })])
  await pool.query('ALTER TABLE enrichment RENAME TO enrichment_away')
  expect(await queueShown(now)).toBe(0)
  await pool.query('ALTER TABLE enrichment_away RENAME TO enrichment')
})
