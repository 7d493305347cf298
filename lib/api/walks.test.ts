import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { createTestDatabase } from '@/lib/db/testing/database'
import { choicesOf } from '@/lib/http/api/parameters'
import { emptyCatalogue, importInput, ndjson } from '@/lib/imports/testing'
import { operations } from './operations'
import { ask, type ListPage, read, readStream } from './testing/ask'
import { fill } from './testing/catalogue'

/** Paging through a list while imports commit: items that existed all along appear exactly once. */

await createTestDatabase()

beforeEach(async () => {
  await emptyCatalogue(pool())
  await fill(150)
})

let imports = 0

/** Adds items to the beginning, middle and end of every list, and changes an existing one. */
async function importMore(): Promise<void> {
  imports++
  const names = ['!', 'M', 'Я'].map((name) => `${name} ${imports}`)
  const songs = names.map((title, index) => ({
    type: 'song',
    id: `s${imports}.${index}`,
    title,
    durationMs: [1, 200_000, 9_000_000][index],
    credits: [{ artist: `a${imports}.${index}` }],
  }))
  const records = [
    ...names.map((name, index) => ({ type: 'artist', id: `a${imports}.${index}`, name })),
    ...songs,
    ...names.map((title, index) => ({
      type: 'album',
      id: `b${imports}.${index}`,
      title,
      date: ['1901', '1990-05', '2031-01-01'][index],
      credits: [{ artist: `a${imports}.${index}` }],
      discs: [{ tracks: songs.map(({ id }) => ({ song: id })) }],
    })),
    ...names.map((name, index) => ({
      type: 'playlist',
      id: `p${imports}.${index}`,
      name,
      items: [{ song: songs[0]?.id }],
    })),
    ...(imports > 1 ? [{ type: 'song', id: 's1.0', title: `! 1 ${imports}`, credits: [] }] : []),
  ]
  await importInput(ndjson(records, 'more'))
}

const idsOf = async (table: string) =>
  (await pool().query<{ id: number }>(`SELECT id FROM ${table} ORDER BY id`)).rows.map(({ id }) => id)

/** Imports during the walks, one after each round of pages. */
const IMPORTS = 3

const tables = { artists: 'artist', albums: 'album', songs: 'song', playlists: 'playlist' } as const

/** Walks of a list in each of its orders, in both directions. */
function walksOf(list: keyof typeof tables, before: number[]) {
  const sort = operations.find(({ path }) => path === `/${list}`)?.query.shape.sort ?? expect.fail(list)
  const limit = Math.max(1, Math.ceil(before.length / (IMPORTS + 2)))
  return (choicesOf(sort) ?? []).flatMap((order) =>
    (['next', 'previous'] as const).map((way) => {
      const first = way === 'next' ? 1 : Math.ceil(before.length / limit)
      const address = `/${list}?sort=${order}&limit=${limit}&fields=id`
      return { list, order, way, before, met: [] as number[], at: `${address}&page=${first}` as string | null }
    }),
  )
}

test('a walk during imports has every earlier item exactly once', async () => {
  const walks = []
  const streams = []
  for (const [list, table] of Object.entries(tables) as [keyof typeof tables, string][]) {
    const before = await idsOf(table)
    walks.push(...walksOf(list, before))
    const { body } = await ask(`/${list}?fields=id`, { headers: { accept: 'application/x-ndjson' } })
    streams.push({ list, before, body })
  }
  let rounds = 0
  for (; walks.some(({ at }) => at !== null); rounds++) {
    for (const walk of walks) {
      if (walk.at === null) continue
      const page: ListPage = await read(walk.at)
      walk.met.push(...page.items.map(({ id }) => Number(id)))
      walk.at = page[walk.way]
    }
    if (rounds < IMPORTS) await importMore()
  }
  expect(rounds).toBeGreaterThan(IMPORTS)

  for (const { list, order, way, before, met } of walks) {
    const what = `${list} by ${order}, by ${way}`
    // New and changed items may move within the list, so only the earlier ones are compared.
    expect(
      met.filter((id) => before.includes(id)).toSorted((a, b) => a - b),
      what,
    ).toEqual(before)
    // In the order of ids, new items come last, so the walk has all of them.
    if (order === 'id' && way === 'next') expect(met, what).toEqual(await idsOf(tables[list]))
  }
  for (const { list, before, body } of streams) {
    const met = (await new Response(body).text())
      .trimEnd()
      .split('\n')
      .map((line) => Number(JSON.parse(line).id))
    expect(met.slice(0, before.length), `${list} as a stream`).toEqual(before)
    expect(new Set(met).size).toBe(met.length)
  }
})

describe('an empty catalogue', () => {
  beforeEach(() => emptyCatalogue(pool()))

  test('has empty lists and no resources', async () => {
    for (const { path, line } of operations.filter((operation) => operation.id !== 'getRateLimit')) {
      if (!path.includes('{') && line) {
        const list = { items: [], total: 0, next: null, previous: null }
        expect(await read(path), path).toMatchObject(list)
        expect(await read(`${path}?page=3`), path).toMatchObject(list)
        expect(await readStream(path)).toEqual([])
      } else if (path.includes('{'))
        expect((await ask(path.replace('{id}', '1').replace('{slug}', 'rock'))).status, path).toBe(404)
    }
    expect(await read('/stats')).toEqual({ artists: 0, albums: 0, songs: 0, genres: 0, playlists: 0, playlistItems: 0 })
    expect((await read<{ openapi: string }>('/openapi.json')).openapi).toMatch(/^3\.1/)
  })
})
