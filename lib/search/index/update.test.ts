import { beforeAll, expect, test } from 'vitest'
import { catchUp } from '@/lib/cache/changes/read'
import { withClient } from '@/lib/db/testing/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { importInput, ndjson } from '@/lib/imports/testing'
import { findResults } from '@/lib/search/results/results'
import { nameOf } from '@/lib/search/results/views'
import { stopClock, updateIndex } from '@/lib/search/testing'
import { indexStatus, pendingWork } from './status'
import { rebuildIndex } from './update'

/** The index follows changes of the catalogue. */

const { pool } = await createTestDatabase()

const find = async (q: string) => (await findResults({ q, chosen: {}, page: 1, sort: 'relevance' })).hits
const names = async (q: string) => (await find(q)).map(nameOf)

beforeAll(async () => {
  stopClock()
  const songs = ['Wide Awake', 'Asleep Again', 'Awake Again'].map((title, id) => ({ type: 'song', id, title }))
  await importInput(ndjson(songs), 'songs')
  await withClient(pool, (client) => rebuildIndex(client))
})

test('new and changed items are found after an update, and a rebuild changes nothing', async () => {
  await withClient(pool, async (client) => {
    await importInput(ndjson([{ type: 'artist', id: 'x1', name: 'Zyxxy & the Qwortles' }]), 'test')
    expect((await indexStatus(client)).pending).toBeGreaterThan(0)
    expect(await names('zyxxy')).toEqual([])
    await updateIndex(client)
    expect(await names('zyxxy')).toEqual(['Zyxxy & the Qwortles'])
    expect(await names('zyxxi')).toEqual(['Zyxxy & the Qwortles'])
    await importInput(ndjson([{ type: 'artist', id: 'x1', name: 'Plimpton Qwortle' }]), 'test')
    await updateIndex(client)
    expect(await names('zyxxy')).toEqual([])
    expect(await names('plimpton')).toEqual(['Plimpton Qwortle'])
    const before = await indexStatus(client)
    const words = async () => (await client.query('SELECT word, documents FROM search_word ORDER BY word')).rows
    const counted = await words()
    await rebuildIndex(client)
    expect(await words()).toEqual(counted)
    await catchUp()
    expect({ ...(await indexStatus(client)), builtAt: 0, bytes: 0 }).toEqual({ ...before, builtAt: 0, bytes: 0 })
    expect(await names('plimpton')).toEqual(['Plimpton Qwortle'])
  })
})

test('an index of an older version is rebuilt, and searched meanwhile', async () => {
  await withClient(pool, async (client) => {
    expect((await pendingWork(client)).isAll).toBe(false)
    await client.query('UPDATE search_state SET version = version - 1')
    expect(await pendingWork(client)).toMatchObject({ isBuilt: true, isAll: true })
    await rebuildIndex(client)
    expect((await pendingWork(client)).isAll).toBe(false)
    // An older site does not change the index of a newer one.
    await client.query('UPDATE search_state SET version = version + 1')
    expect((await pendingWork(client)).isAll).toBe(false)
    await client.query('UPDATE search_state SET version = version - 1')
  })
})

test('an artist is found by a credited name until no credit has it', async () => {
  await withClient(pool, async (client) => {
    const importAs = (name?: string) =>
      importInput(
        ndjson([
          { type: 'artist', id: 'n', name: 'Florp Abernethy' },
          { type: 'song', id: 'n1', title: 'Wistful', credits: [{ artist: 'n', ...(name && { name }) }] },
        ]),
        'names',
      )
    const artists = async () => (await find('zonk vardo')).filter(({ kind }) => kind === 'artist').length
    await importAs('Zonk Vardo')
    await updateIndex(client)
    expect(await artists()).toBe(1)
    await importAs()
    await updateIndex(client)
    expect(await artists()).toBe(0)
  })
})
