import { measureImport } from '@/bench/import/measured-import'
import { generateLoad } from '@/bench/pages/load/load-generator'
import { DEFAULT_CONCURRENCY } from '@/bench/pages/scale'
import { CACHED_PAGE } from './cached-page'
import { inTurns, type Measure, ratios } from './measure'

/**
 * Cached pages during an import, compared with cached pages at rest. The import ends by dropping all cached pages, so
 * requests then wait for a rendering. That time is measured separately.
 */
export const measureDuringImport: Measure = async ({
  scale: { rounds, importedSongs, windowSeconds: seconds },
  large,
}) => {
  const url = `${large.origin}${CACHED_PAGE}`
  const window = async () => (await generateLoad({ url, connections: DEFAULT_CONCURRENCY, seconds })).p99Ms
  const version = async () => (await fetch(url)).headers.get('etag')
  await window()
  let windows = 1
  const afterImport: number[] = []
  const { during, without } = await inTurns(rounds, {
    // The worst window, because an import has phases of different load.
    during: async (round) => {
      let isRunning = true
      const importing = measureImport(large.databaseUrl, { songs: importedSongs, seed: 100 + round }).finally(() => {
        isRunning = false
      })
      const p99: number[] = []
      let before = await version()
      do {
        const one = await window()
        const after = await version()
        if (after === before) p99.push(one)
        else afterImport.push(one)
        before = after
      } while (isRunning)
      await importing
      // A short import may end in the first window.
      if (p99.length === 0) p99.push(await window())
      windows = p99.length
      return Math.max(...p99)
    },
    without: async () => {
      const p99: number[] = []
      for (let each = 0; each < windows; each++) p99.push(await window())
      return Math.max(...p99)
    },
  })
  const at = `at concurrency ${DEFAULT_CONCURRENCY}`
  const songs = importedSongs.toLocaleString('en')
  return [
    { name: `cached page, p99 ${at}, without an import, worst ${seconds} s`, unit: 'ms', samples: without },
    {
      name: `cached page, p99 ${at}, while ${songs} songs are imported, worst ${seconds} s`,
      unit: 'ms',
      samples: during,
    },
    {
      name: 'cached page, p99 during an import compared with no import',
      unit: '×',
      samples: ratios(during, without),
      target: ['≤', 2],
    },
    {
      name: `page, p99 ${at}, in the ${seconds} s in which the import ends and the page is rendered again`,
      unit: 'ms',
      samples: afterImport,
    },
  ]
}
