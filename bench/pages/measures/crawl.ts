import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { findLists, someDetailPages, someListPages } from '@/bench/pages/addresses'
import { visit } from '@/bench/pages/load/visit'
import { memoryOf } from '@/bench/pages/process-memory'
import { DEFAULT_CONCURRENCY } from '@/bench/pages/scale'
import { dropCaches } from '@/bench/pages/servers/catalogue-site'
import { parseEnvironment } from '@/lib/env'
import { root } from '@/lib/server/testing'
import type { BenchSites, Measure } from './measure'

/** Memory is measured after each of these parts of the crawl. */
const PARTS = 4

/** Bytes of all files below a directory. */
async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map((file) =>
      stat(path.join(file.parentPath, file.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Addresses that are not found, with and without the form of a page. */
const missingAddresses: ((n: number) => string)[] = [
  (n) => `/albums/no-such-album-${1_900_000_000 + n}`,
  (n) => `/songs/${1_900_000_000 + n}`,
  (n) => `/artists/no-such-artist-${n}x`,
  (n) => `/songs?sort=title&page=${9_000_000 + (n % 1_000_000)}`,
  (n) => `/albums?sort=nonsense${n}`,
  (n) => `/wp-admin/${n}.php`,
]

/** Different addresses, mixed: one half exists, as far as there are enough, the rest does not. */
async function crawlOf({ scale: { crawledPages }, large }: BenchSites): Promise<string[]> {
  const some = Math.ceil(crawledPages / 8)
  const existing = [
    ...someListPages(await findLists(large.client), some, 3),
    ...(await someDetailPages(large.client, 'artists', some)),
    ...(await someDetailPages(large.client, 'albums', some)),
    ...(await someDetailPages(large.client, 'songs', some)),
  ]
  const step = crawledPages / existing.length
  const paths = Array.from(
    { length: crawledPages },
    (_, n) => missingAddresses[n % missingAddresses.length]?.(n) ?? '/',
  )
  for (const [index, address] of existing.entries()) paths[Math.floor(index * step)] = address
  return paths
}

/** The limits of the caches of responses and of page data (lib/next/page-data). */
const CACHE_LIMITS_MIB = parseEnvironment({}).SYRO_CACHE_MB + 32

/** The memory and disk space that a site uses after a crawl. */
export const measureCrawl: Measure = async (subject) => {
  const { large, server } = subject
  const paths = await crawlOf(subject)
  const disk = async () =>
    (await bytesIn(path.join(root, '.next'))) + (await bytesIn(`${server.directory}/site-${large.songs}`))
  await dropCaches(large)
  const diskBefore = await disk()
  const before = (await memoryOf(large.pid)).now
  const size = Math.ceil(paths.length / PARTS)
  const memoryAfter: number[] = []
  for (let part = 0; part < PARTS; part++) {
    const some = paths.slice(part * size, (part + 1) * size)
    await visit(large.origin, some, { connections: DEFAULT_CONCURRENCY, ok: [200, 308, 400, 404] })
    memoryAfter.push((await memoryOf(large.pid)).now)
  }
  const count = paths.length.toLocaleString('en')
  return [
    { name: `memory of the site's process before a crawl of ${count} addresses`, unit: 'MiB', samples: [before] },
    ...memoryAfter.map((now, part) => ({
      name: `… after ${Math.min((part + 1) * size, paths.length).toLocaleString('en')}`,
      unit: 'MiB' as const,
      samples: [now],
    })),
    {
      name: 'peak memory of the process',
      unit: 'MiB',
      samples: [(await memoryOf(large.pid)).peak],
      target: ['<', 1_024],
    },
    {
      name: `maximum by the cache limits, for any number of addresses: ${Math.round(before)} + ${CACHE_LIMITS_MIB}`,
      unit: 'MiB',
      samples: [before + CACHE_LIMITS_MIB],
      target: ['<', 1_024],
    },
    { name: 'disk space added by the crawl', unit: 'bytes', samples: [(await disk()) - diskBefore], target: ['≤', 0] },
  ]
}
