import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { backgroundDecoder } from '@/lib/artwork/decoding/decoder-pool'
import { findAlbum, findAlbums } from '@/lib/catalogue/albums/read'
import { findArtist } from '@/lib/catalogue/artists/read'
import { enrichmentSelect, toAlbumEnrichment } from '@/lib/catalogue/enrichment/resource'
import { db } from '@/lib/db/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { OutsideClient } from '@/lib/enrichment/http/client'
import { coverart } from '@/lib/enrichment/sources/coverart'
import { musicbrainz } from '@/lib/enrichment/sources/musicbrainz/musicbrainz'
import type { Source } from '@/lib/enrichment/sources/source'
import { TestClock } from '@/lib/enrichment/testing/clock'
import { addAlbum, addArtist, credit } from '@/lib/enrichment/testing/entities'
import { isRecorded, RecordedSource } from '@/lib/enrichment/testing/recorded-source'
import { OutsideServer } from '@/lib/enrichment/testing/server'
import type { OpenSource } from '@/lib/enrichment/work/job'
import { refresh } from '@/lib/enrichment/work/refresh'

/** A catalogue is filled from sources, gets stale while they are down for a day, and is refreshed afterwards. */

const scratch = await vi.hoisted(async () => {
  const folder = await (await import('@/lib/db/testing/scratch')).makeScratch('outage')
  process.env.SYRO_DATA_DIR = folder
  return folder
})
const { pool } = await createTestDatabase()
afterAll(async () => {
  backgroundDecoder().end()
  await rm(scratch, { recursive: true, force: true })
})

const ALBUMS = 40
const LIMIT = 30
/** A recorded release with pictures. */
const RELEASE = 'b4a4c12d-92f5-4692-9bdc-21ddc2d266b5'
const HOUR = 3_600_000
/**
 * The interval between requests, in ms. Both sources move the same clock, so all requests must fit into the duration of
 * a lock, however long this machine takes to decode a picture.
 */
const INTERVAL = 100

const recorded = new RecordedSource()
const server = await OutsideServer.start((request, response) => recorded.listener(request, response))
const clock = new TestClock()
const mbid = (kind: number, n: number) => `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`

let artist: number
/** An album whose cover was fetched. */
let album: number

beforeAll(async () => {
  const added = await addArtist(pool, { name: 'Nova', mbid: mbid(1, 1) })
  artist = added.id
  recorded.add('artist', { id: mbid(1, 1), name: 'Nova', type: 'Group', area: { name: 'Reykjavík' } })
  for (let n = 1; n <= ALBUMS; n++) {
    const each = await addAlbum(pool, { title: `Album ${n}`, artist: 'Nova', mbid: mbid(2, n) })
    await credit(pool, added, each)
    recorded.add('release-group', {
      id: mbid(2, n),
      title: `Album ${n}`,
      'primary-type': 'Album',
      'first-release-date': '1997-05-21',
      genres: [{ name: 'folk', count: 3 }],
    })
    recorded.labels.set(mbid(2, n), 'Hearth')
    recorded.frontOf.set(mbid(2, n), RELEASE)
  }
})

const open = (name: string, source: Source): OpenSource => ({
  name,
  source,
  client: new OutsideClient({ baseUrl: server.url, isOwn: true, userAgent: 'test', now: clock.now }),
  interval: INTERVAL,
})

/** `syro refresh --limit 200` */
const refreshAll = () =>
  refresh(
    {
      sources: [open('musicbrainz', musicbrainz), open('coverart', coverart)],
      kinds: ['artist', 'album'],
      limit: LIMIT,
      olderThan: null,
      force: false,
    },
    { ttl: 86_400, clock, signal: new AbortController().signal },
  )

/** The enrichment that pages show. */
const pages = async () => [
  await findAlbums('title', 1, 20_261_130),
  await findAlbum(album, 1),
  await findArtist(artist),
]

const staleOf = async (id: number) => {
  const { enrichments } = await db().album.findUniqueOrThrow({
    where: { id },
    select: { enrichments: enrichmentSelect },
  })
  return toAlbumEnrichment(enrichments, clock.now()).map(({ source, stale, label }) => ({ source, stale, label }))
}

test.skipIf(!isRecorded)(
  'pages keep their data while sources are down, and a later refresh fetches changes only',
  async () => {
    const first = await refreshAll()
    expect(first.leftAlone).toEqual([])
    const { rows: covered } = await pool.query<{ id: number }>(
      "SELECT album_id AS id FROM album_artwork WHERE source = 'coverart' ORDER BY id",
    )
    expect(covered).toHaveLength(LIMIT)
    album = covered[0]?.id ?? 0
    const filled = await pages()
    expect(filled[1]).toMatchObject({
      cover: { path: expect.stringMatching(/^\/artwork\/[0-9a-f]{64}$/) },
      coverSource: { source: 'coverart' },
      sourceFacts: [
        { source: 'musicbrainz', facts: { label: 'Hearth', firstReleased: { year: 1997, month: 5, day: 21 } } },
      ],
    })
    expect(filled[2]).toMatchObject({ sourceFacts: [{ source: 'musicbrainz', facts: { area: 'Reykjavík' } }] })
    expect(await staleOf(album)).toEqual([{ source: 'musicbrainz', stale: false, label: 'Hearth' }])

    // A day later the sources are down.
    server.failure = 'reset'
    clock.move(25 * HOUR)
    server.requests.length = 0
    expect(await pages()).toEqual(filled)
    expect(server.requests).toEqual([])
    expect(await staleOf(album)).toEqual([{ source: 'musicbrainz', stale: true, label: 'Hearth' }])
    const without = await refreshAll()
    expect(without.leftAlone.map(({ name }) => name).sort()).toEqual(['coverart', 'musicbrainz'])
    expect(without.outcomes.found).toBe(0)
    expect(await pages()).toEqual(filled)

    // An hour later they are up again.
    server.failure = null
    clock.move(HOUR)
    const again = await refreshAll()
    expect(again.leftAlone).toEqual([])
    expect(again.outcomes).toMatchObject({ failed: 0, later: 0 })
    expect(await staleOf(album)).toEqual([{ source: 'musicbrainz', stale: false, label: 'Hearth' }])
    // Unchanged pictures are not downloaded again.
    expect(server.requests.filter(({ path }) => path.startsWith('/download/')).length).toBeLessThanOrEqual(
      ALBUMS - LIMIT,
    )
  },
  120_000,
)
