import { importOnce } from '@/bench/import/once'
import { hammer } from '@/bench/pages/load/hammer'
import { USUAL } from '@/bench/pages/scale'
import { CACHED } from './cached'
import { inTurns, type Measure, ratios } from './measure'

/**
 * Cached pages during an import, compared with cached pages at rest. The import ends by dropping all cached pages, so
 * requests then wait for a render: that time is measured separately.
 */
export const measureBesideImport: Measure = async ({
  scale: { rounds, importedBeside, besideSeconds: seconds },
  large,
}) => {
  const url = `${large.origin}${CACHED}`
  const window = async () => (await hammer({ url, connections: USUAL, seconds })).p99Ms
  const version = async () => (await fetch(url)).headers.get('etag')
  await window()
  let windows = 1
  const renewed: number[] = []
  const { beside, without } = await inTurns(rounds, {
    // The worst window, because an import has phases of different load.
    beside: async (round) => {
      let isRunning = true
      const importing = importOnce(large.databaseUrl, { songs: importedBeside, seed: 100 + round }).finally(() => {
        isRunning = false
      })
      const p99: number[] = []
      let before = await version()
      do {
        const one = await window()
        const after = await version()
        if (after === before) p99.push(one)
        else renewed.push(one)
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
  const at = `at concurrency ${USUAL}`
  const songs = importedBeside.toLocaleString('en')
  return [
    { what: `cached page, p99 ${at}, without an import, worst ${seconds} s`, unit: 'ms', samples: without },
    {
      what: `cached page, p99 ${at}, while ${songs} songs are imported, worst ${seconds} s`,
      unit: 'ms',
      samples: beside,
    },
    { what: 'with an import beside against without', unit: '×', samples: ratios(beside, without), target: ['≤', 2] },
    {
      what: `page, p99 ${at}, in the ${seconds} s in which the import ends and the page is made anew`,
      unit: 'ms',
      samples: renewed,
    },
  ]
}
