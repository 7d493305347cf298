import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { setListening } from '@/lib/cache/changes/listening'
import { catchUp } from '@/lib/cache/changes/read'
import { doubtAll } from '@/lib/cache/changes/recent'
import { change } from '@/lib/cache/changes/testing'
import { pool } from '@/lib/db/pool'
import { createTestDatabase } from '@/lib/db/testing/database'
import { pathOf } from '@/lib/http/api/address'
import { API, type Contract } from '@/lib/http/api/contract'
import { choicesOf } from '@/lib/http/api/parameters'
import { operations } from './operations'
import { ask, read } from './testing/ask'
import { fill, fillExtremes } from './testing/catalogue'

/** Statements per response: a small number that does not depend on the size of the page. */

await createTestDatabase()

/** The parent, the total, the ids of the rows, and the rows. */
const LIST = 4
/** The resource, or the one that its id was merged into. */
const THING = 2
/** The ids of the embedded items, and the items. */
const INCLUDE = 2
/** A filter puts a transaction around each statement that looks for rows. */
const NARROWED = 4

beforeAll(async () => {
  await fill(300)
  await fillExtremes(pool())
  await catchUp()
  setListening(true)
})
afterAll(() => setListening(false))
beforeEach(() => doubtAll())

async function statementsOf(address: string): Promise<number> {
  doubtAll()
  await read('/stats')
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await read(address)
  const { length } = query.mock.calls
  query.mockRestore()
  return length
}

/** Ids of the resources with the fewest and the most items. */
const parents = async ({ path }: Contract): Promise<string[]> => {
  const kind = path.split('/')[1] ?? ''
  const [table, column] =
    {
      artists: ['artist', 'album_count'],
      albums: ['album', 'track_count'],
      songs: ['song', 'album_count'],
      playlists: ['playlist', 'item_count'],
      genres: ['genre', 'album_count'],
    }[kind] ?? []
  const { rows } = await pool().query<{ name: string }>(`
    SELECT ${kind === 'genres' ? 'slug' : 'id'} AS name FROM ${table}
    WHERE ${column} IN ((SELECT min(${column}) FROM ${table}), (SELECT max(${column}) FROM ${table})) ORDER BY ${column}`)
  return [rows.at(0)?.name ?? '', rows.at(-1)?.name ?? ''].map(String)
}

async function addressesOf(operation: Contract, query: string): Promise<string[]> {
  if (!operation.path.includes('{')) return [`${operation.path}?${query}`]
  const [name = ''] = Object.keys(operation.params.shape)
  return (await parents(operation)).map((of) => `${pathOf(operation.path, { [name]: of }).slice(API.length)}?${query}`)
}

/** Deletions are filtered by age. */
const isNarrowed = ({ path, id }: Contract) =>
  id === 'listDeletions' || (path.includes('{') && id !== 'listPlaylistItems' && id !== 'listAlbumTracks')

describe('a page needs few statements', () => {
  for (const operation of operations.filter(({ line }) => line))
    test(`of ${operation.id}`, async () => {
      for (const query of ['limit=1', 'limit=100', 'limit=2&page=3'])
        for (const address of await addressesOf(operation, query)) {
          const most = LIST + (operation.path.includes('{') ? THING : 0) + (isNarrowed(operation) ? NARROWED : 0)
          expect(await statementsOf(address), address).toBeLessThanOrEqual(most)
        }
    })
})

describe('an embedded list', () => {
  for (const operation of operations.filter(({ query }) => query.shape.include))
    test(`in ${operation.id} adds at most ${INCLUDE} statements`, async () => {
      const includes = choicesOf(operation.query.shape.include) ?? []
      for (const address of await addressesOf(operation, operation.line ? 'limit=100' : '')) {
        const without = await statementsOf(address)
        let sum = 0
        for (const include of includes) {
          const more = (await statementsOf(`${address}&include=${include}`)) - without
          expect(more, include).toBeLessThanOrEqual(INCLUDE)
          sum += more
        }
        expect(await statementsOf(`${address}&include=${includes}`)).toBe(without + sum)
      }
    })

  test('needs as many statements for 30 items as for 100', async () => {
    for (const list of ['artists', 'albums', 'songs', 'playlists']) {
      const operation = operations.find(({ path }) => path === `/${list}`) ?? expect.fail(list)
      const include = choicesOf(operation.query.shape.include)
      const some = await statementsOf(`/${list}?limit=30&include=${include}`)
      expect(await statementsOf(`/${list}?limit=100&include=${include}`)).toBe(some)
    }
  })
})

test('a single resource needs few statements', async () => {
  for (const operation of operations.filter(({ path, line }) => !line && path.includes('{')))
    for (const address of await addressesOf(operation, ''))
      expect(await statementsOf(address)).toBeLessThanOrEqual(THING)
})

test('a cached response and a 304 need no statements, also after changes of other data', async () => {
  const address = '/albums?genre=rock&sort=longest&limit=7&include=tracks'
  const tag = (await ask(address)).headers.get('etag') ?? ''
  const query = vi.spyOn(pg.Client.prototype, 'query')
  for (const name of ['playlist:1', 'artist:1', 'songs.newest']) {
    change(name)
    await read(address)
    expect((await ask(address, { headers: { 'if-none-match': tag } })).status).toBe(304)
  }
  expect(query).not.toHaveBeenCalled()
  query.mockRestore()
})
