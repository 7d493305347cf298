import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Figure } from '@/bench/figures'
import { type BenchServer, createDatabase } from '@/bench/server'
import { doubtAll } from '@/lib/cache/changes/recent'
import { closePool } from '@/lib/db/pool'
import { readChinook } from '@/lib/imports/chinook'
import { loadDemo } from '@/lib/imports/demo/load'
import { openInput } from '@/lib/imports/files/input'
import { runImport } from '@/lib/imports/run'
import { rebuildIndex } from '@/lib/search/index/update'
import { judge, type RelevanceResult } from '@/lib/search/relevance'
import { chinook, demo, type Judgement } from '@/lib/search/relevance-cases'

/** Search quality: judged queries over known catalogues. */

const TARGET = 0.95
const progress = { read: () => {}, step: () => {} }
const chinookFile = fileURLToPath(new URL('../../../shared/data/chinook/ChinookData.json', import.meta.url))

const catalogues: { name: string; judgements: Judgement[]; isThere: boolean; load: () => Promise<unknown> }[] = [
  { name: 'demo', judgements: demo, isThere: true, load: () => loadDemo(progress) },
  {
    name: 'chinook',
    judgements: chinook,
    isThere: existsSync(chinookFile),
    load: async () => {
      const inputs = [readChinook(await openInput(chinookFile))]
      return runImport({ format: 'chinook', inputs, progress })
    },
  },
]

/** The ranks, and a list of the queries whose hit is not the first. */
export async function measureRelevance(server: BenchServer): Promise<{ figures: Figure[]; notFirst: string }> {
  const figures: Figure[] = []
  const notFirst: string[] = []
  for (const { name, judgements, load } of catalogues.filter(({ isThere }) => isThere)) {
    const judged = await judgeIn(await createDatabase(server, `judged_${name}`), load, judgements)
    figures.push({
      name: `mean reciprocal rank of ${judgements.length} judged queries, ${name}`,
      unit: '',
      samples: [judged.rank],
      target: ['≥', TARGET],
    })
    notFirst.push(...judged.notFirst.map(({ query, rank }) => `${query} (${rank === 0 ? 'missed' : rank})`))
  }
  return { figures, notFirst: notFirst.length === 0 ? 'none' : notFirst.join(', ') }
}

async function judgeIn(url: string, load: () => Promise<unknown>, judgements: Judgement[]): Promise<RelevanceResult> {
  process.env.DATABASE_URL = url
  try {
    await load()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await rebuildIndex(client).finally(() => client.end())
    doubtAll()
    return await judge(judgements)
  } finally {
    await closePool(AbortSignal.abort())
    delete process.env.DATABASE_URL
  }
}
