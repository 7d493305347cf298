import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { doubtAll } from '@/lib/cache/changes/recent'
import { withClient } from '@/lib/db/testing/client'
import { createTestDatabase } from '@/lib/db/testing/database'
import { readChinook } from '@/lib/imports/chinook'
import { loadDemo } from '@/lib/imports/demo/load'
import { openInput } from '@/lib/imports/files/input'
import { emptyCatalogue, importInput, ndjson } from '@/lib/imports/testing'
import { rebuildIndex } from '@/lib/search/index/update'
import { findResults } from '@/lib/search/results/results'
import { nameOf } from '@/lib/search/results/views'
import { stopClock } from '@/lib/search/testing'
import { judge } from './relevance'
import { chinook, demo, few, type Judgement, ofFew } from './relevance-cases'

const { pool } = await createTestDatabase()

const file = new URL('../../../shared/data/chinook/ChinookData.json', import.meta.url)
const isThere = existsSync(file)
if (!isThere) console.warn(`Skipping relevance tests with Chinook: ${file.pathname} does not exist.`)

/** The target. */
const MEAN_RECIPROCAL_RANK = 0.95

async function expectFound(judgements: Judgement[]): Promise<void> {
  await withClient(pool, (client) => rebuildIndex(client))
  doubtAll()
  stopClock()
  const { rank, notFirst } = await judge(judgements)
  console.log(`Mean reciprocal rank of ${judgements.length} queries: ${rank.toFixed(3)}`, notFirst)
  expect(notFirst.filter(({ rank }) => rank === 0)).toEqual([])
  expect(rank).toBeGreaterThanOrEqual(MEAN_RECIPROCAL_RANK)
}

describe('the expected hit is on the first page, and mostly first', () => {
  test.skipIf(!isThere)('in Chinook', async () => {
    await importInput(readChinook(await openInput(file.pathname)), 'chinook')
    await expectFound(chinook)
  })

  test('in the demo catalogue', async () => {
    await emptyCatalogue(pool)
    await loadDemo({ read: () => {}, step: () => {} })
    await expectFound(demo)
  })

  test('in a catalogue of few names', async () => {
    await emptyCatalogue(pool)
    await importInput(
      ndjson([
        ...Object.entries(few.artists).flatMap(([name, popularity]) => [
          { type: 'artist', id: name, name },
          { type: 'song', id: `of ${name}`, title: 'Number', listens: popularity, credits: [{ artist: name }] },
        ]),
        ...Object.entries(few.songs).map(([title, popularity]) => ({
          type: 'song',
          id: title,
          title,
          listens: popularity,
        })),
      ]),
    )
    await expectFound(ofFew)
    const { hits } = await findResults({ q: 'the', chosen: {}, sort: 'relevance', page: 1 })
    expect(hits.map(nameOf).slice(0, 3)).toEqual(['The The', 'The Long Road', 'As The Years Go By'])
  })
})
