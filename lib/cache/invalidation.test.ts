import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { ask } from '@/lib/api/testing/ask'
import { findAlbumNavigation, findAlbumsOfColour } from '@/lib/artwork/colours/read'
import { catchUp } from '@/lib/cache/changes/read'
import { currencyOf, type Dependencies, doubtAll } from '@/lib/cache/changes/recent'
import { recording } from '@/lib/cache/dependencies/recorder'
import { findAlbum, findAlbums } from '@/lib/catalogue/albums/read'
import * as artists from '@/lib/catalogue/artists/read'
import { findAlbumCreditsHead, findCredits, findSongCreditsHead } from '@/lib/catalogue/credits/read'
import { findGenre, findGenreAlbums, findGenreSongs, findGenres } from '@/lib/catalogue/genres/read'
import { findHome } from '@/lib/catalogue/home'
import { findListNavigation } from '@/lib/catalogue/letters/read'
import { pageSorts } from '@/lib/catalogue/lists/sorts'
import { findSong, findSongAlbums, findSongHead, findSongPlaylists, findSongs } from '@/lib/catalogue/songs/read'
import { withSession } from '@/lib/db/session'
import { createTestDatabase } from '@/lib/db/testing/database'
import { importInput, ndjson } from '@/lib/imports/testing'
import { findPlaylist, findPlaylistNavigation, findPlaylists } from '@/lib/playlists/read'
import { readAddress } from '@/lib/search/results/address'
import { findResults } from '@/lib/search/results/results'
import { updateIndex } from '@/lib/search/testing'

/**
 * Cached data equals a fresh read: after each of many random writes, the data of every page and the response of every operation
 * is known to be stale or has not changed. More runs: WRITES=10000 npx vitest run … invalidation.
 */

const { pool } = await createTestDatabase()

const WRITES = Number(process.env.WRITES ?? 8)
const DAY = 20_200_630
const SIZES = { artists: 8, albums: 14, songs: 30, playlists: 4, genres: 3 }
const kinds = ['artist', 'album', 'song', 'playlist'] as const
type Kind = (typeof kinds)[number]

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
const genreNames = ['Rock', 'Jazz', 'Folk', 'New']

/** Records as a file has them; each write replaces one, so that all fields change now and then. */
const text = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Delta', 'Éta', 'Zulu', '1')
const reference = (kind: keyof typeof SIZES) => fc.nat(SIZES[kind] - 1).map((index) => `${kind}${index}`)
const credits = fc.array(
  fc.record({
    artist: reference('artists'),
    name: text,
    role: fc.constantFrom('artist', 'artist', 'featured', 'composer', 'producer'),
  }),
  { maxLength: 3 },
)
const genresOf = fc.uniqueArray(fc.constantFrom(...genreNames), { maxLength: 2 })
const date = fc.constantFrom(null, '1990', '1990-05', '2001-02-03', '2030')
const recordOf: Record<Kind, (index: number) => fc.Arbitrary<object>> = {
  artist: (index) =>
    fc.record({
      type: fc.constant('artist'),
      id: fc.constant(`artists${index}`),
      name: text,
      sortName: text,
      disambiguation: fc.constantFrom('', 'of Bern'),
      kind: fc.constantFrom('person', 'group', null),
    }),
  song: (index) =>
    fc.record({
      type: fc.constant('song'),
      id: fc.constant(`songs${index}`),
      title: text,
      durationMs: fc.constantFrom(null, 1_000, 200_000, 300_000),
      listens: fc.nat(3),
      composer: fc.constantFrom(null, 'Bach'),
      credits,
      genres: genresOf,
    }),
  album: (index) =>
    fc.record({
      type: fc.constant('album'),
      id: fc.constant(`albums${index}`),
      title: text,
      kind: fc.constantFrom('album', 'ep', 'live'),
      date,
      label: fc.constantFrom(null, 'Label'),
      credits,
      genres: genresOf,
      externalIds: fc.constantFrom([], [{ source: 'x', value: `a${index}` }]),
      discs: fc.array(
        fc.record({
          tracks: fc.array(fc.record({ song: reference('songs'), number: text }), { minLength: 1, maxLength: 4 }),
        }),
        { maxLength: 2 },
      ),
    }),
  playlist: (index) =>
    fc.record({
      type: fc.constant('playlist'),
      id: fc.constant(`playlists${index}`),
      name: text,
      description: text,
      items: fc.array(fc.oneof(fc.record({ song: reference('songs') }), fc.record({ title: text })), { maxLength: 5 }),
    }),
}

/** A write, and whether it changed anything that search must index. */
type Write = { what: string; run: () => Promise<unknown> }

/** The last record of each id. */
const distinct = (rows: object[]): object[] => [
  ...new Map(rows.map((row) => ['id' in row ? row.id : row, row])).values(),
]

const imported = (...records: fc.Arbitrary<object>[]): fc.Arbitrary<Write> =>
  fc.tuple(...records).map((rows) => ({
    what: `import ${JSON.stringify(rows)}`,
    run: () => importInput(ndjson(distinct(rows), 'test')),
  }))

const anyRecord = fc.constantFrom(...kinds).chain((kind) => fc.nat(SIZES[`${kind}s`] - 1).chain(recordOf[kind]))

/** A statement with the id of a random row of a table. */
const statement = (table: string, sql: string): fc.Arbitrary<Write> =>
  fc.nat(1_000).map((at) => ({
    what: `${sql} (${at})`,
    run: async () => {
      const { rows } = await pool.query<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`)
      const row = rows[at % Math.max(rows.length, 1)]
      if (row) await pool.query(sql, [row.id])
    },
  }))

const write: fc.Arbitrary<Write> = fc.oneof(
  { weight: 6, arbitrary: imported(anyRecord) },
  { weight: 1, arbitrary: imported(anyRecord, anyRecord, anyRecord) },
  statement(
    'album',
    `UPDATE album SET cover = CASE WHEN cover IS NULL THEN '${'0'.repeat(64)} 500 500 #808080 ' END WHERE id = $1`,
  ),
  statement('artist', "UPDATE artist SET name = name || '!' WHERE id = $1"),
  statement('artist', "UPDATE artist SET disambiguation = disambiguation || '!' WHERE id = $1"),
  statement('song', "UPDATE song SET title = title || '!' WHERE id = $1"),
  statement('album', "UPDATE album SET disambiguation = disambiguation || '!', updated_at = now() WHERE id = $1"),
  statement('genre', "UPDATE genre SET name = name || '!' WHERE id = $1"),
  statement(
    'album',
    `INSERT INTO enrichment (kind, entity_id, source, state, data, fetched_at, fresh_until)
     VALUES ('album', $1, 'musicbrainz', 'fresh', '{"label": "x"}', now(), now() + interval '1 day')
     ON CONFLICT (kind, entity_id, source) DO UPDATE SET fetched_at = now()`,
  ),
  statement('artist', `DELETE FROM enrichment WHERE kind = 'artist' AND entity_id = $1`),
  statement(
    'album',
    `INSERT INTO album_external_id (source, value, album_id) VALUES ('y', gen_random_uuid()::text, $1)`,
  ),
  statement('playlist', `DELETE FROM playlist WHERE id = $1`),
  statement(
    'album',
    `INSERT INTO album_redirect (id, album_id) VALUES (1000000 + (random() * 10)::int, $1) ON CONFLICT DO NOTHING`,
  ),
)

type Reader = { name: string; read: () => Promise<unknown> }

/** The ids of all rows, and one that does not exist. */
async function idsOf(kind: Kind | 'genre'): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(`SELECT id FROM ${kind} ORDER BY id`)
  return [...rows.map(({ id }) => id), 1_000_001]
}

const api = (address: string): Reader => ({
  name: `/api${address}`,
  read: async () => {
    const response = await ask(address)
    return response.status === 404 ? null : { body: await response.json(), etag: response.headers.get('etag') }
  },
})

/** The data of every kind of page and every operation of the API. */
async function allReaders(): Promise<Reader[]> {
  const reader = (name: string, read: () => Promise<unknown>): Reader => ({ name, read })
  const [artistIds, albumIds, songIds, playlistIds] = await Promise.all(kinds.map(idsOf))
  const slugs = (await pool.query<{ slug: string }>('SELECT slug FROM genre')).rows.map(({ slug }) => slug)
  const songHead = async (id: number, then: (song: { id: number } & Record<string, unknown>) => Promise<unknown>) => {
    const song = await findSongHead(id)
    return song && 'title' in song ? then(song as never) : song
  }
  return [
    reader('home', () => findHome(DAY)),
    ...pageSorts.artists.map((sort) => reader(`artists ${sort}`, () => artists.findArtists(sort, 1))),
    ...pageSorts.albums.map((sort) => reader(`albums ${sort}`, () => findAlbums(sort, 1, DAY))),
    ...pageSorts.songs.map((sort) => reader(`songs ${sort}`, () => findSongs(sort, 1, DAY))),
    ...pageSorts.playlists.map((sort) => reader(`playlists ${sort}`, () => findPlaylists(sort, 1))),
    reader('genres', () => findGenres(1)),
    reader('albums of a colour', () => findAlbumsOfColour(1, 1, DAY)),
    reader('navigation of albums', () => findAlbumNavigation()),
    reader('navigation of playlists', () => findPlaylistNavigation()),
    ...(['artists', 'songs'] as const).map((list) => reader(`navigation of ${list}`, () => findListNavigation(list))),
    ...(artistIds ?? []).flatMap((id) => [
      reader(`artist ${id}`, () => artists.findArtist(id)),
      reader(`albums of artist ${id}`, () => artists.findArtistAlbums(id, 'album', 1)),
      reader(`appearances of artist ${id}`, () => artists.findArtistAlbums(id, 'appearances', 1)),
      reader(`songs of artist ${id}`, async () => {
        const head = await artists.findArtistHead(id)
        return head && 'name' in head ? artists.findArtistSongs(head, 1) : head
      }),
      reader(`composed by artist ${id}`, () => artists.findArtistRoleSongs(id, 'composer', 1)),
      reader(`composed albums of artist ${id}`, () => artists.findArtistRoleAlbums(id, 'composer', 1)),
      ...['', '/albums', '/songs', '?include=albums,songs'].map((part) => api(`/artists/${id}${part}`)),
    ]),
    ...(albumIds ?? []).flatMap((id) => [
      reader(`album ${id}`, () => findAlbum(id, 1)),
      reader(`credits of album ${id}`, async () => [await findAlbumCreditsHead(id), await findCredits('album', id, 1)]),
      ...['?include=tracks,credits,artists,genres', '/tracks', '/credits', '/artists', '/genres'].map((part) =>
        api(`/albums/${id}${part}`),
      ),
    ]),
    ...(songIds ?? [])
      .slice(0, 12)
      .flatMap((id) => [
        reader(`song ${id}`, () => findSong(id)),
        reader(`albums of song ${id}`, () => songHead(id, (song) => findSongAlbums(song as never, 1))),
        reader(`playlists of song ${id}`, () => songHead(id, (song) => findSongPlaylists(song as never, 1))),
        reader(`credits of song ${id}`, async () => [await findSongCreditsHead(id), await findCredits('song', id, 1)]),
        ...['?include=albums,artists,credits,genres', '/albums', '/playlists', '/credits'].map((part) =>
          api(`/songs/${id}${part}`),
        ),
      ]),
    ...(playlistIds ?? []).flatMap((id) => [
      reader(`playlist ${id}`, () => findPlaylist(id, 1)),
      api(`/playlists/${id}?include=items`),
      api(`/playlists/${id}/items`),
    ]),
    ...slugs.flatMap((slug) => [
      reader(`genre ${slug}`, () => findGenre(slug)),
      ...pageSorts.genreAlbums.map((sort) =>
        reader(`albums of ${slug} ${sort}`, () => findGenreAlbums(slug, sort, 1, DAY)),
      ),
      ...pageSorts.genreSongs.map((sort) =>
        reader(`songs of ${slug} ${sort}`, () => findGenreSongs(slug, sort, 1, DAY)),
      ),
      api(`/genres/${slug}`),
      api(`/genres/${slug}/albums`),
      api(`/genres/${slug}/songs?sort=title`),
      api(`/albums?genre=${slug}&kind=live`),
    ]),
    ...[
      '/artists',
      '/albums?sort=newest',
      '/songs?sort=-popular',
      '/playlists?sort=name',
      '/genres',
      '/stats',
      '/deletions',
    ].map(api),
    ...['/albums?label=Label', '/albums?year=1990&sort=title', '/songs?minDuration=200000', '/artists?kind=group'].map(
      api,
    ),
    ...['/search?q=alpha', '/suggest?q=al'].map(api),
    reader('search', () => findResults(readAddress({ q: 'beta' }))),
  ]
}

type Cached = Reader & { result: string; dependencies: Dependencies }
const cache = new Map<string, Cached>()

const toText = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}` : each))

async function readAgain(reader: Reader): Promise<Cached> {
  const { result, dependencies } = await recording(reader.read)
  return { ...reader, result: toText(result), dependencies }
}

/** Figures of a run, for its note. */
const figures = { checked: 0, stale: 0, needlessly: 0 }

const stores = globalThis as typeof globalThis & {
  syroData?: { clear(): void }
  syroKept?: Map<string, { clear(): void }>
}

/** Empties the caches below, so that a read is fresh. */
function clearCaches(): void {
  stores.syroData?.clear()
  for (const store of stores.syroKept?.values() ?? []) store.clear()
}

/** Ends a hanging run; 10,000 writes take an hour. */
const TIMEOUT_MS = 7_200_000

/** Readers that are checked after each write; at first, all are read. */
const CHECKED = 40

async function check(what: string, chosen: (reader: Reader, index: number) => boolean): Promise<void> {
  const readers = (await allReaders()).filter(chosen)
  clearCaches()
  for (const reader of readers) {
    const cached = cache.get(reader.name)
    const currency = cached && currencyOf({ ...cached.dependencies })
    const fresh = await readAgain(reader).catch((error: unknown) => {
      throw new Error(`${reader.name} after ${what}`, { cause: error })
    })
    if (cached && currency === 'current') expect(cached.result, `${reader.name} after ${what}`).toBe(fresh.result)
    if (cached) {
      figures.checked += 1
      if (currency !== 'current') figures.stale += 1
      if (currency !== 'current' && cached.result === fresh.result) figures.needlessly += 1
    }
    cache.set(reader.name, fresh)
  }
}

beforeAll(async () => {
  const first = fc.sample(fc.tuple(...kinds.flatMap((kind) => numbers(SIZES[`${kind}s`]).map(recordOf[kind]))), {
    seed: 1,
    numRuns: 1,
  })
  await importInput(
    ndjson(
      (first[0] ?? []).filter((row): row is object => row !== undefined),
      'test',
    ),
  )
  await withSession('test', undefined, updateIndex)
  doubtAll()
})

test(
  'after any write, what is cached is current or known to be stale',
  async () => {
    const seed = Number(process.env.SEED ?? 7)
    await check('the start', () => true)
    const random = fc.sample(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), { seed, numRuns: 1 })[0]
    const share = CHECKED / cache.size
    for (const { what, run } of fc.sample(write, { seed, numRuns: WRITES })) {
      await run()
      await withSession('test', undefined, updateIndex)
      await catchUp()
      await check(what, () => random?.next().value < share)
    }
    await check('the end', () => true)
    expect(figures.stale - figures.needlessly).toBeGreaterThan(0)
    if (process.env.WRITES) console.log(figures)
  },
  TIMEOUT_MS,
)

test('a change of entities that a page does not show leaves it cached', async () => {
  await importInput(
    ndjson(
      [
        { type: 'artist', id: 'island', name: 'Island' },
        { type: 'song', id: 'island', title: 'Island', credits: [{ artist: 'island' }], genres: ['Island'] },
        {
          type: 'album',
          id: 'island',
          title: 'Island',
          credits: [{ artist: 'island' }],
          genres: ['Island'],
          discs: [{ tracks: [{ song: 'island' }] }],
        },
        { type: 'playlist', id: 'island', name: 'Island', items: [{ song: 'island' }] },
      ],
      'test',
    ),
  )
  await withSession('test', undefined, updateIndex)
  await catchUp()
  clearCaches()
  // Lists with filters depend on any change of their kind.
  const isOfOne =
    /^(artist|album|song|playlist|genre|\w+ of (artist|album|song)) \S+|^\/api\/\w+\/\d+(\?|$|\/tracks|\/credits|\/items)/
  const others: Cached[] = []
  for (const reader of (await allReaders()).filter(({ name }) => isOfOne.test(name))) {
    const cached = await readAgain(reader)
    // The island's own empty lists don't name it.
    if (!/Island|"rows":\[\]|^null$/.test(cached.result)) others.push(cached)
  }
  expect(others.length).toBeGreaterThan(100)
  for (const sql of [
    "UPDATE artist SET name = name || '!', sort_name = 'x', sort_key = 'x' WHERE name = 'Island'",
    "UPDATE album SET cover = 'x', disambiguation = 'x', year = 1999, release_key = 19990000 WHERE title = 'Island'",
    "UPDATE song SET title = title || '!', listens = 9, popularity = 9 WHERE title = 'Island'",
    "UPDATE playlist SET name = name || '!', revision = revision + 1 WHERE name = 'Island'",
    "UPDATE genre SET name = name || '!' WHERE name = 'Island'",
    "DELETE FROM track WHERE song_id IN (SELECT id FROM song WHERE title = 'Island!')",
    "DELETE FROM album WHERE title = 'Island'",
  ]) {
    await pool.query(sql)
    await catchUp()
    const stale = others.filter(({ dependencies }) => currencyOf({ ...dependencies }) !== 'current')
    expect(
      stale.map(({ name }) => name),
      sql,
    ).toEqual([])
  }
})
