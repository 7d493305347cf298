import { rename, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { syro as runSyro } from '@/bin/testing'
import { createTestDatabase } from '@/lib/db/testing/database'
import { queue } from '@/lib/enrichment/store/jobs'
import { env } from '@/lib/env'
import { describeCoverage, describeHealth, describeReview } from './messages'
import { addAlbum, addArtist, emptyEnrichment, rowOf } from './testing/entities'
import { isRecorded, RecordedSource } from './testing/recorded-source'
import { OutsideServer } from './testing/server'

/** The command line, in this process, against sources on this machine. */

const scratch = await vi.hoisted(async () => {
  const folder = await (await import('@/lib/db/testing/scratch')).makeScratch('enrichment')
  process.env.SYRO_DATA_DIR = folder
  return folder
})
const { pool } = await createTestDatabase()
const recorded = new RecordedSource()
const server = await OutsideServer.start(recorded.listener)
afterAll(() => rm(scratch, { recursive: true, force: true }))

const NIRVANA = '5b11f4ce-a62d-471e-81fc-a69a8278c7da'
const COHEN = '65314b12-0e08-43fa-ba33-baaa7b874c15'
const DARK_SIDE = 'f5093c06-23e3-404f-aeaa-40f72885ee3a'
recorded.frontOf.set(DARK_SIDE, 'b4a4c12d-92f5-4692-9bdc-21ddc2d266b5')

beforeEach(async () => {
  await emptyEnrichment(pool)
  server.failure = null
  server.requests.length = 0
  Object.assign(env, {
    ENRICHMENT: ['musicbrainz', 'coverart'],
    ENRICHMENT_CONTACT: 'ada@example.com',
    MUSICBRAINZ_URL: server.url,
    MUSICBRAINZ_RATE: 100,
    COVERART_URL: server.url,
    COVERART_RATE: 100,
  })
})

/** @returns the output of a command. @throws its error. */
async function syro(...words: string[]): Promise<string> {
  const { code, out, err } = await runSyro(words)
  if (code !== 0) throw new Error(err)
  return out.trimEnd()
}

describe.skipIf(!isRecorded)('refresh', () => {
  test('fetches covers and metadata and reports them', async () => {
    const artist = await addArtist(pool, { name: 'Nirvana', mbid: NIRVANA })
    const album = await addAlbum(pool, { title: 'The Dark Side of the Moon', mbid: DARK_SIDE })
    expect(await syro('refresh', '--limit', '200')).toBe('3 fetched.')
    expect(await rowOf(pool, artist)).toMatchObject({ data: { country: 'US' } })
    expect(await rowOf(pool, album)).toMatchObject({ data: { firstReleased: { year: 1973, month: 3, day: 24 } } })
    expect((await pool.query('SELECT album_id, source FROM album_artwork')).rows).toEqual([
      { album_id: album.id, source: 'coverart' },
    ])
    expect(await syro('refresh')).toBe('Nothing to fetch.')
    expect(server.requests[0]?.headers['user-agent']).toMatch(/^SyroMusic\/[\d.]+ \( ada@example\.com \)$/)
    const status = await syro('enrichment', 'status')
    expect(status).toContain('musicbrainz: OK\n  1 of 1 artists have metadata; oldest 0 h\n')
    expect(status).toContain('coverart: OK\n  1 of 1 albums have a cover; oldest 0 h')
  })

  test('limits source, kind and number', async () => {
    for (let n = 0; n < 3; n++) await addArtist(pool, { name: `Nobody ${n}` })
    await addAlbum(pool, { title: 'Nothing' })
    expect(await syro('refresh', '--source', 'musicbrainz', '--kind', 'artist', '--limit', '2')).toBe('2 not found.')
    expect(server.requests.every(({ path }) => path.startsWith('/ws/2/artist?'))).toBe(true)
  })

  test('fails if a source is down, so that cron reports it', async () => {
    for (let n = 0; n < 10; n++) await addArtist(pool, { name: `Nobody ${n}` })
    server.failure = 500
    await expect(syro('refresh', '--source', 'musicbrainz')).rejects.toThrow(/^musicbrainz is unavailable/m)
    expect(await syro('enrichment', 'status')).toMatch(/^musicbrainz: paused until .+ after \d failures in a row/)
  })

  test('fails if covers can’t be stored, without failing any job', async () => {
    const album = await addAlbum(pool, { title: 'The Dark Side of the Moon', mbid: DARK_SIDE })
    await rename(`${scratch}/artwork`, `${scratch}/away`).catch(() => {})
    await writeFile(`${scratch}/artwork`, '')
    await expect(syro('refresh', '--source', 'coverart')).rejects.toThrow(/artwork is a file/)
    await rm(`${scratch}/artwork`)
    expect(await rowOf(pool, album, 'coverart')).toMatchObject({ state: 'waiting', attempts: 0, locked_by: null })
    expect(await syro('refresh', '--source', 'coverart')).toBe('1 fetched.')
  })

  test('lists ambiguous matches and accepts a choice', async () => {
    const artist = await addArtist(pool, { name: 'Leonard Cohen' })
    await syro('refresh', '--source', 'musicbrainz')
    expect(await syro('enrichment', 'review')).toBe(
      `artist ${artist.id}  Leonard Cohen\n  ${COHEN}  75%  Leonard Cohen (Person, CA)`,
    )
    expect(await syro('enrichment', 'review', '--take', 'artist', `${artist.id}`, COHEN)).toBe(
      `artist ${artist.id} is ${COHEN}; its data will be fetched next.`,
    )
    expect(await syro('refresh', '--source', 'musicbrainz')).toBe('1 fetched.')
    expect(await rowOf(pool, artist)).toMatchObject({ external_id: COHEN, confidence: 1 })
    expect(await syro('enrichment', 'review')).toBe('Nothing to review.')
  })

  test('shows the candidates of one entity, and refuses an id other than the imported one', async () => {
    const artist = await addArtist(pool, { name: 'Leonard Cohen' })
    const other = await addArtist(pool, { name: 'Nirvana', mbid: NIRVANA })
    await syro('refresh', '--source', 'musicbrainz')
    expect(await syro('enrichment', 'review', 'artist', `${artist.id}`)).toMatch(/^artist \d+ {2}Leonard Cohen\n/)
    expect(await syro('enrichment', 'review', 'artist', `${other.id}`)).toBe(
      `Nothing to review for artist ${other.id}.`,
    )
    await expect(syro('enrichment', 'review', '--take', 'artist', `${other.id}`, COHEN)).rejects.toThrow(
      `artist ${other.id} was imported with the id ${NIRVANA}, which takes precedence`,
    )
    expect(await rowOf(pool, other)).toMatchObject({ external_id: NIRVANA, due_at: null })
  })

  test('fetches the cover of a chosen match', async () => {
    const album = await addAlbum(pool, { title: 'Something else' })
    expect(await syro('refresh')).toBe('2 not found.')
    await syro('enrichment', 'review', '--take', 'album', `${album.id}`, DARK_SIDE)
    expect(await syro('refresh')).toBe('2 fetched.')
    expect((await pool.query('SELECT FROM album_artwork')).rowCount).toBe(1)
  })

  test('does not offer refused candidates again', async () => {
    const artist = await addArtist(pool, { name: 'Leonard Cohen' })
    await syro('refresh', '--source', 'musicbrainz')
    await syro('enrichment', 'review', '--refuse', 'artist', `${artist.id}`)
    await syro('refresh', '--source', 'musicbrainz', '--force')
    expect(await syro('enrichment', 'review')).toBe('Nothing to review.')
  })
})

for (const [words, sentence] of [
  [['refresh', '--limit', '0'], /It must be a whole number/],
  [['refresh', '--older-than', 'yesterday'], /It must be a number followed by s, m, h or d/],
  [['refresh', '--source', 'discogs'], /Allowed choices are musicbrainz, coverart/],
  [['refresh', '--source', 'coverart', '--kind', 'artist'], /^coverart has no data about artists\.$/m],
  [['refresh', '--kind', 'song'], /Allowed choices are artist, album/],
  [['enrichment', 'review', '--take', 'artist', '1'], /--take needs <kind> <id> <mbid>/],
  [['enrichment', 'review', '--take', 'artist', '1', 'abc'], /It must be a MusicBrainz id/],
  [['enrichment', 'review', '--take', '--refuse'], /exclude each other/],
  [['enrichment', 'review', '--refuse', 'artist', '1'], /artist 1 has no candidates to refuse/],
  [['enrichment', 'review', '--take', 'artist', '1', NIRVANA], /artist 1 has not been fetched yet/],
] as const)
  test(`${words.join(' ')} is refused`, () => expect(syro(...words)).rejects.toThrow(sentence))

test('sends no request to sources that are not enabled', async () => {
  env.ENRICHMENT = ['musicbrainz']
  await expect(syro('refresh', '--source', 'coverart')).rejects.toThrow('coverart is not enabled')
  env.ENRICHMENT = []
  await expect(syro('refresh')).rejects.toThrow('No source is enabled')
  expect(await syro('enrichment', 'status')).toContain('musicbrainz: not enabled')
  expect(server.requests).toEqual([])
})

test('status has a JSON form', async () => {
  await queue([await addArtist(pool, { name: 'Low' })], ['musicbrainz'], new Date())
  expect(JSON.parse(await syro('enrichment', 'status', '--json'))).toMatchObject({
    turnedOn: ['musicbrainz', 'coverart'],
    coverage: [{ source: 'musicbrainz', kind: 'artist', total: 1, known: 0, queued: 1 }, {}, {}],
  })
})

test('removes control characters from texts of sources', () => {
  const detail = '\u001b[2J\u001b]0;mine\u0007\nartist 1  Somebody'
  const candidates = [{ id: COHEN, name: 'Low\u009b31m', detail, confidence: 0.5 }]
  expect(describeReview({ kind: 'artist', id: 5, source: 'musicbrainz', name: 'Low\r', candidates })).toBe(
    `artist 5  Low�\n  ${COHEN}  50%  Low�31m (�[2J�]0;mine��artist 1  Somebody)`,
  )
})

test('status lists errors, most frequent first, without control characters', async () => {
  const artists = await Promise.all(Array.from({ length: 7 }, (_, n) => addArtist(pool, { name: `Low ${n}` })))
  await queue(artists, ['musicbrainz'], new Date())
  const errors = ['No.', 'Gone \u001b[2J', 'No.', 'Later', 'No.', 'Gone \u001b[2J', 'Rare']
  for (const [n, { id }] of artists.entries())
    await pool.query('UPDATE enrichment SET error = $1, state = $2::enrichment_state WHERE artist_id = $3', [
      errors[n],
      n % 2 ? 'waiting' : 'failed',
      id,
    ])
  expect(await syro('enrichment', 'status')).toContain(
    '\n    3 × No.\n    2 × Gone \ufffd[2J\n    1 × Later\ncoverart:',
  )
  expect(JSON.parse(await syro('enrichment', 'status', '--json')).failures).toEqual([
    { source: 'musicbrainz', error: 'No.', count: 3 },
    { source: 'musicbrainz', error: 'Gone \u001b[2J', count: 2 },
    { source: 'musicbrainz', error: 'Later', count: 1 },
  ])
})

test('coverage counts covers of any source', async () => {
  const albums = [await addAlbum(pool, { title: 'Mine' }), await addAlbum(pool, { title: 'Nobody’s' })]
  await pool.query(
    "INSERT INTO artwork (hash, type, width, height, bytes, thumb_hash, colours) VALUES ($1, 'image/png', 1, 1, 1, '', '[]')",
    ['a'.repeat(64)],
  )
  await pool.query("INSERT INTO album_artwork VALUES ($1, $2, 'operator', 'epoch')", [albums[0]?.id, 'a'.repeat(64)])
  await syro('refresh', '--source', 'coverart')
  expect(await syro('enrichment', 'status')).toContain('\n  1 of 2 albums have a cover; 1 missing')
})

test('a refresh aborted before the first result prints no summary', async () => {
  await addArtist(pool, { name: 'Low' })
  expect(await runSyro(['refresh'], { signal: AbortSignal.abort() })).toMatchObject({ code: 1, out: '' })
})

test('describes coverage and health in sentences', () => {
  const now = new Date('2026-01-02T02:00:00Z')
  const coverage = {
    source: 'coverart',
    kind: 'album',
    total: 10_000,
    known: 9_120,
    missing: 312,
    failed: 4,
    queued: 0,
    toReview: 0,
    oldest: new Date('2026-01-01T00:00:00Z'),
  } as const
  expect(describeCoverage(coverage, 'a cover', now)).toBe(
    '9,120 of 10,000 albums have a cover; 312 missing; 4 failed; oldest 26 h',
  )
  const standing = { name: 'coverart', failures: 0, nextAt: null, openedUntil: null }
  expect(describeHealth(undefined, now)).toBe('never used')
  expect(describeHealth(standing, now)).toBe('OK')
  expect(describeHealth({ ...standing, failures: 1 }, now)).toBe('1 failure in a row')
  expect(describeHealth({ ...standing, nextAt: new Date('2026-01-02T03:00:00Z') }, now)).toBe(
    'paused until 2026-01-02T03:00:00.000Z at its request',
  )
})
