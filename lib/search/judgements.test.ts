import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { readChinook } from '@/lib/imports/chinook/chinook'
import { openInput } from '@/lib/imports/files/input'
import { importInput } from '@/lib/imports/testing/catalogue'
import { rebuildIndex } from './index/commands'
import { judgements } from './judgements'
import { findResults } from './results/queries'
import { nameOf } from './results/views'

const { pool } = await createTestDatabase()

const file = new URL('../../../shared/data/chinook/ChinookData.json', import.meta.url)
const isThere = existsSync(file)
if (!isThere) console.warn(`Tests of what is found in Chinook are left out: ${file.pathname} is not there.`)

/** To reach: the mean of one divided by the place of what was meant. */
const MEAN_RECIPROCAL_RANK = 0.95

describe.skipIf(!isThere)('of what people type, what they mean is found', () => {
  beforeAll(async () => {
    await importInput(readChinook(await openInput(file.pathname)), 'chinook')
    const client = await pool.connect()
    await rebuildIndex(client)
    client.release()
  })

  test('on the first page, and mostly first', async () => {
    const places = []
    for (const [query, kind, name] of judgements) {
      const { hits } = await findResults({ q: query, chosen: {}, sort: 'relevance', page: 1 })
      const place = hits.findIndex((hit) => hit.kind === kind && nameOf(hit) === name) + 1
      places.push({ query, place })
    }
    const behind = places.filter(({ place }) => place !== 1)
    const mean = places.reduce((sum, { place }) => sum + (place > 0 ? 1 / place : 0), 0) / places.length
    console.log(`Mean reciprocal rank of ${places.length} queries: ${mean.toFixed(3)}`, behind)
    expect(behind.filter(({ place }) => place === 0)).toEqual([])
    expect(mean).toBeGreaterThanOrEqual(MEAN_RECIPROCAL_RANK)
  })
})
