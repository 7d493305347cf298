import { beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { statementsOf } from '@/lib/db/testing/statements'
import { addAlbum, addArtist, emptyEnrichment } from '@/lib/enrichment/testing/entities'
import { env } from '@/lib/env'
import { noteDemand, queueDemand } from './page-demand'

const { pool } = await createTestDatabase()
const now = new Date('2026-01-01T00:00:00Z')

beforeEach(async () => {
  await emptyEnrichment(pool)
  env.ENRICHMENT = ['musicbrainz', 'coverart']
})

/** The number of timers that `work` sets; none of them fires. */
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

test('queues what pages show in one statement, once', async () => {
  const albums = [await addAlbum(pool, { title: 'One' }), await addAlbum(pool, { title: 'Two' })]
  const artist = await addArtist(pool, { name: 'Low' })
  const show = () => {
    for (let page = 0; page < 10; page++) {
      noteDemand('album', albums)
      noteDemand('artist', [artist])
    }
  }
  let timers = 0
  const whileShown = async () => {
    timers = timersOf(show)
  }
  expect(await statementsOf(whileShown)).toBe(0)
  expect(timers).toBe(1)
  expect(await statementsOf(() => queueDemand(now))).toBe(1)
  expect(await queued()).toBe(6)
  show()
  expect(await queueDemand(now)).toBe(0)
  expect(await queueDemand(now)).toBe(0)
})

test('notes nothing if no source is enabled', async () => {
  env.ENRICHMENT = []
  const album = await addAlbum(pool, { title: 'One' })
  expect(timersOf(() => noteDemand('album', [album]))).toBe(0)
  expect(await queueDemand(now)).toBe(0)
})

test('an unavailable database does not fail a page', async () => {
  noteDemand('album', [await addAlbum(pool, { title: 'One' })])
  await pool.query('ALTER TABLE enrichment RENAME TO enrichment_away')
  expect(await queueDemand(now)).toBe(0)
  await pool.query('ALTER TABLE enrichment_away RENAME TO enrichment')
})
