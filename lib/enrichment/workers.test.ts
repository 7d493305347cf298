import { beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { claim, queue } from '@/lib/enrichment/store/jobs'
import { addArtist, emptyEnrichment, rowOf } from '@/lib/enrichment/testing/entities'
import { asWorker, freeJobsOfTheDead } from './workers'

const { pool } = await createTestDatabase()
beforeEach(() => emptyEnrichment(pool))

const SOURCE = 'musicbrainz'
const now = new Date('2026-01-01')

test('jobs of a live worker stay locked; those of a dead one are freed', async () => {
  const artist = await addArtist(pool, { name: 'Low' })
  await queue([artist], [SOURCE], now)
  await asWorker(async (worker) => {
    expect(await claim(SOURCE, worker, now)).toMatchObject(artist)
    await freeJobsOfTheDead(SOURCE)
    expect(await rowOf(pool, artist)).toMatchObject({ locked_by: worker })
    expect(await claim(SOURCE, 'other', now)).toBeNull()
  })
  await freeJobsOfTheDead('coverart')
  expect(await claim(SOURCE, 'other', now)).toBeNull()
  await freeJobsOfTheDead(SOURCE)
  // It counts as an attempt, because the job may have crashed the worker.
  expect(await claim(SOURCE, 'other', now)).toMatchObject({ ...artist, attempts: 2 })
})

/** The worker locks of this database: other tests run at the same time. */
const LOCKS = `
  FROM pg_locks JOIN pg_database ON pg_database.oid = database
  WHERE datname = current_database() AND locktype = 'advisory' AND classid = ${0x454e5249}`

test('a worker whose session is lost is aborted and fails', async () => {
  const working = asWorker(async (_worker, lost) => {
    await pool.query(`SELECT pg_terminate_backend(pid) ${LOCKS}`)
    await eventually(() => expect(lost.aborted).toBe(true))
  })
  await expect(working).rejects.toThrow('The connection that holds this worker’s lock was lost.')
})

test('a worker that fails leaves no lock behind', async () => {
  await expect(
    asWorker(async () => {
      throw new Error('No.')
    }),
  ).rejects.toThrow('No.')
  expect((await pool.query(`SELECT ${LOCKS}`)).rowCount).toBe(0)
})
