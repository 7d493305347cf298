import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeScratch } from '@/lib/db/testing/scratch'
import { root } from '@/lib/server/testing'
import { type Figure, isReached, toTable } from './figures'
import { generateLoad } from './pages/load/load-generator'
import { withSection } from './results'
import { median, quantile } from './statistics'
import { watchStealTime, withLittleSteal } from './steal-time'

/** The short version of every benchmark: checks that each figure exists, not its value. */

/** Ends a hanging run; a slow machine must never come near. */
const TIMEOUT_MS = 1_200_000

let directory: string
beforeAll(async () => {
  directory = await makeScratch('bench-test')
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** Runs the command with a temporary directory of its own. */
async function bench(...words: string[]): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/run.ts', ...words], {
    cwd: root,
    env: { ...process.env, TMPDIR: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // It must not outlive an interrupted test run.
  const stop = () => child.kill()
  process.once('exit', stop)
  const [[code], ...printed] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  process.off('exit', stop)
  return { code, printed: printed.join('\n') }
}

/** Expected rows of the pages table, each with a number. */
const pageFigures = [
  ...['list', 'album'].flatMap((kind) => [
    ...['300', '600'].flatMap((songs) =>
      ['p95', 'median'].map((which) => `cold ${kind} page, one at a time, ${songs} songs, ${which}`),
    ),
    `cold ${kind} page, p95, 600 songs compared with 300 songs`,
  ]),
  'cold list pages, all different, at concurrency 16, 600 songs',
  'last page compared with first, 600 songs',
  ...['list', 'artist', 'album', 'song'].map((kind) => `SQL statements of a cold ${kind} page`),
  'renderings when 128 clients request one cold page at once',
  ...[1, 16, 128].flatMap((connections) => [
    `cached page, at concurrency ${connections}`,
    `bare node:http, at concurrency ${connections}`,
    `plain next start, at concurrency ${connections}`,
    `cached page compared with plain next start, at concurrency ${connections}`,
    `cached page compared with bare node:http, at concurrency ${connections}`,
    `cached page, p99 at concurrency ${connections}`,
  ]),
  'peak memory of the process',
  'maximum by the cache limits, for any number of addresses',
  'disk space added by the crawl',
  'import of 600 songs',
  'rebuild of all page anchors and counts, 600 songs',
  'rebuild of all derived figures',
  'cached page, p99 during an import compared with no import',
]

/** Expected rows of the API table. */
const apiFigures = [
  'a bare route handler',
  ...[
    'a list, cached',
    'an entity, cached',
    'an entity, cached, with a key',
    'an unchanged entity (304)',
    'over the limit (429)',
  ].flatMap((what) => [what, `${what}, compared with a bare route handler`, `${what}, p99`]),
  '600 songs as NDJSON, songs per second',
  '600 songs as NDJSON, memory growth of the site’s process',
]

/** Expected rows of the search table. */
const searchFigures = [
  ...['one letter', 'a common word', 'a rare word', 'a whole title', 'mistyped', 'all kinds'].flatMap((what) =>
    ['p50', 'p95', 'p99'].map((which) => `${what}, ${which}`),
  ),
  'index build time',
  'index size compared with its source tables',
]

/** Expected rows of the covers table. */
const artworkFigures = [
  ...['250.avif', '250.webp', '1000.jpg'].flatMap((file) => [
    `${file}, responses`,
    `${file}, compared with bare node:http`,
  ]),
  ...['pictures decoded per second, on', 'pictures decoded per second, with default settings'],
  'cached page, p99 while pictures are decoded, compared with at rest',
  'cached page of 25 albums, bytes with covers',
  'cached page of 25 albums, with covers compared with none',
  'cold page, median, slow sources compared with none',
]

test(
  'measures every figure and leaves nothing behind',
  async () => {
    const output = path.join(directory, 'RESULTS.md')
    const { code, printed } = await bench('--short', '--output', output)
    expect(code, printed).toBe(0)

    const results = await readFile(output, 'utf8')
    const rows = results.split('\n').filter((line) => line.startsWith('| '))
    for (const what of [...pageFigures, ...apiFigures, ...searchFigures, ...artworkFigures]) {
      const row = rows.find((line) => line.startsWith(`| ${what}`))
      expect(row?.split(' | ')[2], what).toMatch(/^-?[\d,.]+( |$)/)
    }
    expect(results).toMatch(/^## Importing 300 songs$/m)
    expect(results).toMatch(/^\| 1 \| [\d.]+ s \| [\d,]+ \| \d+ MiB \|/m)
    expect(results).toMatch(/Node\.js \d+\.\d+\.\d+, Next\.js \d+\.\d+\.\d+, PostgreSQL \d+\.\d+\./)
    expect(results).toContain('npm run bench -- --only pages --songs 600 --short')
    expect((await readdir(directory)).filter((name) => name.startsWith('syromusic-'))).toEqual([])
  },
  TIMEOUT_MS,
)

describe('invalid arguments are a one-sentence error', () => {
  for (const [words, sentence] of [
    [['--only', 'nonsense'], /must be one of import, crawl, api/],
    [['--songs', 'many'], /must be a whole number/],
    [['--only', 'pages', '--short', '--songs', '10'], /measured with 300 songs or more/],
    [['--only', 'pages', '--short', '--songs', '900000000'], /need [\d.]+ GB in .* are free/],
  ] as const)
    test(words.join(' '), async () => {
      const { code, printed } = await bench(...words, '--output', path.join(directory, 'refused.md'))
      expect(code).toBe(1)
      expect(printed).toMatch(sentence)
      expect(printed).not.toMatch(/^\s+at /m)
    })
})

test('load is generated for a time, and fails on an unexpected status', async () => {
  const server = createServer((_request, response) => response.end('x')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  try {
    const { perSecond, p99Ms } = await generateLoad({ url, connections: 2, seconds: 1 })
    expect(perSecond).toBeGreaterThan(0)
    expect(p99Ms).toBeGreaterThanOrEqual(0)
    await expect(generateLoad({ url, connections: 1, seconds: 1, status: 429 })).rejects.toThrow()
  } finally {
    server.close().closeAllConnections()
  }
})

describe('a figure', () => {
  const figure = (samples: number[], target: Figure['target'], by?: Figure['by']): Figure => ({
    name: 'a thing',
    unit: 'ms',
    samples,
    target,
    ...(by && { by }),
  })

  test('that misses its target is marked, with its spread', () => {
    expect(toTable([figure([9, 70, 61], ['<', 60])])).toContain('| a thing | < 60 ms | 61 ms | 9 – 70 | **missed** |')
    expect(toTable([figure([9, 70, 59], ['<', 60])])).toContain('| a thing | < 60 ms | 59 ms | 9 – 70 | yes |')
  })

  test('equal to its limit meets ≤ but not <', () => {
    expect(isReached(figure([60], ['<', 60]))).toBe(false)
    expect(isReached(figure([60], ['≤', 60]))).toBe(true)
    expect(isReached(figure([59.9], ['≥', 60]))).toBe(false)
    expect(isReached(figure([3, 3, 4], ['≤', 3]))).toBe(true)
    expect(isReached(figure([3, 3, 4], ['≤', 3], 'largest'))).toBe(false)
    expect(isReached(figure([Number.NaN], ['≤', 3]))).toBe(false)
  })
})

describe('steal time', () => {
  /** Measures its own number, from 1, at these shares of steal time. */
  const measured = (shares: number[]) => {
    let times = 0
    const sample = withLittleSteal(
      async () => ++times,
      async () => async () => shares[times - 1] ?? Number.NaN,
    )
    return sample.then((number) => ({ number, times }))
  }

  test('above the limit, the measurement is repeated', async () => {
    expect(await measured([0.5, 0.2, 0.05, 0])).toEqual({ number: 3, times: 3 })
    expect(await measured([0])).toEqual({ number: 1, times: 1 })
  })

  test('above the limit five times, the least affected measurement is kept', async () => {
    expect(await measured([0.5, 0.2, 0.1, 0.3, 0.4, 0])).toEqual({ number: 3, times: 5 })
  })

  test('is a share of the busy time', async () => {
    const share = await (await watchStealTime())()
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(1)
  })
})

test('calculates medians and quantiles', () => {
  expect(median([5, 1, 3])).toBe(3)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(quantile([5, 1, 4, 2, 3], 0.95)).toBe(5)
  expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3)
  expect(quantile([], 0.5)).toBeNaN()
})

test('a section replaces its old version and keeps other sections', () => {
  const one = withSection('# Results\n', 'pages 1', 'first\n')
  const two = withSection(one, 'pages 10', 'second\n')
  expect(withSection(two, 'pages 1', 'third\n')).toBe(two.replace('first', 'third'))
})
