import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { Worker } from 'node:worker_threads'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { endOf, spawnSyro } from '@/bin/testing'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { makeScratch } from '@/lib/db/testing/scratch'
import { queue } from '@/lib/enrichment/store/jobs'
import { addAlbum, addArtist, emptyEnrichment } from '@/lib/enrichment/testing/entities'
import { isRecorded, RecordedSource } from '@/lib/enrichment/testing/recorded-source'
import { OutsideServer } from '@/lib/enrichment/testing/server'
import { env } from '@/lib/env'
import { startEnrichment } from './background'

/** Workers in processes and in a thread: each continues the work of the others. */

const { pool, url } = await createTestDatabase()

let blocked: (() => void)[] | null = null
const server = await OutsideServer.start((request, response) => {
  const id = /artist\/([^?]+)/.exec(request.url ?? '')?.[1]
  const send = () =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id, name: 'Low' }))
  if (blocked) blocked.push(send)
  else send()
})

const variables = {
  ENRICHMENT: 'musicbrainz',
  ENRICHMENT_CONTACT: 'ada@example.com',
  MUSICBRAINZ_URL: server.url,
  MUSICBRAINZ_RATE: '100',
}
/** Started threads, from before they have loaded. */
const threads: Worker[] = []
const onThread = (thread: Worker) => threads.push(thread)
process.on('worker', onThread)
afterAll(() => void process.off('worker', onThread))
/** Their ids; -1 for an ended thread. */
const threadIds = () => threads.map(({ threadId }) => threadId)

beforeEach(async () => {
  threads.length = 0
  Object.assign(process.env, variables)
  await emptyEnrichment(pool)
  blocked = null
  server.requests.length = 0
})

const mbid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const addArtists = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => addArtist(pool, { name: `Low ${n}`, mbid: mbid(n) })))
const fresh = async () => (await pool.query("SELECT FROM enrichment WHERE state = 'fresh'")).rowCount

test('two processes fetch an entity once', async () => {
  await addArtists(30)
  const ends = await Promise.all([spawnSyro(url, 'refresh'), spawnSyro(url, 'refresh')].map(endOf))
  expect(ends.map(({ code }) => code)).toEqual([0, 0])
  expect(await fresh()).toBe(30)
  expect(server.requests).toHaveLength(30)
})

test('the next process runs the jobs of a killed one immediately', async () => {
  await addArtists(5)
  blocked = []
  const child = spawnSyro(url, 'refresh')
  await eventually(() => expect(blocked).toHaveLength(2))
  child.kill('SIGKILL')
  await once(child, 'exit')
  blocked = null
  expect(await endOf(spawnSyro(url, 'refresh'))).toMatchObject({ code: 0, out: '5 fetched.\n' })
  expect(await fresh()).toBe(5)
})

test('an interrupted refresh exits as interrupted, and the next continues', async () => {
  await addArtists(5)
  blocked = []
  const child = spawnSyro(url, 'refresh')
  const end = endOf(child)
  await eventually(() => expect(blocked).toHaveLength(2))
  child.kill('SIGINT')
  expect(await end).toMatchObject({ code: 130 })
  blocked = null
  expect((await endOf(spawnSyro(url, 'refresh'))).out).toBe('5 fetched.\n')
})

test('a site runs queued jobs in a thread until it ends', async () => {
  env.ENRICHMENT = ['musicbrainz']
  const messages: string[] = []
  const end = startEnrichment((sentence) => messages.push(sentence))
  await queue(await addArtists(3), ['musicbrainz'], new Date())
  await eventually(async () => expect(await fresh()).toBe(3))
  await end()
  expect(threadIds()).toEqual([-1])
  await queue([await addArtist(pool, { name: 'Late', mbid: mbid(9) })], ['musicbrainz'], new Date())
  expect(await fresh()).toBe(3)
  expect(messages).toEqual([])
})

test.skipIf(!isRecorded)('adds pictures in the thread, too', async () => {
  const recorded = new RecordedSource()
  const archive = await OutsideServer.start(recorded.listener)
  const scratch = await makeScratch('enrichment')
  Object.assign(process.env, { ENRICHMENT: 'coverart', COVERART_URL: archive.url, SYRO_DATA_DIR: scratch })
  env.ENRICHMENT = ['coverart']
  const album = await addAlbum(pool, { title: 'Album', mbid: 'b4a4c12d-92f5-4692-9bdc-21ddc2d266b5' })
  const end = startEnrichment(() => {})
  try {
    await queue([album], ['coverart'], new Date())
    await eventually(async () => expect((await pool.query('SELECT FROM album_artwork')).rowCount).toBe(1))
  } finally {
    await end()
    await rm(scratch, { recursive: true, force: true })
  }
})

test('a site without sources sends no request', async () => {
  env.ENRICHMENT = []
  const end = startEnrichment(() => {})
  await queue(await addArtists(1), ['musicbrainz'], new Date())
  await end()
  expect(threadIds()).toEqual([])
  expect(server.requests).toEqual([])
})
