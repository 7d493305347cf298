import { importOnce } from '@/bench/import/once'
import { hammer } from '@/bench/pages/load/hammer'
import { USUAL } from '@/bench/pages/scale'
import { CACHED } from './cached'
import { inTurns, type Measure, ratios } from './measure'

/** Cached pages while a catalogue is imported beside, from its first row to after its last, against without. */
export const measureBesideImport: Measure = async ({
  scale: { rounds, importedBeside, besideSeconds: seconds },
  large,
}) => {
  const window = async () => (await hammer({ url: `${large.origin}${CACHED}`, connections: USUAL, seconds })).p99Ms
  await window()
  let windows = 1
  const { beside, without } = await inTurns(rounds, {
    // The worst of its windows: an import does different things to the machine one after the other.
    beside: async (round) => {
      let isRunning = true
      const importing = importOnce(large.databaseUrl, { songs: importedBeside, seed: 100 + round }).finally(() => {
        isRunning = false
      })
      const p99: number[] = []
      do p99.push(await window())
      while (isRunning)
      await importing
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
  return [
    { what: `cached page, p99 ${at}, without an import, worst ${seconds} s`, unit: 'ms', samples: without },
    {
      what: `cached page, p99 ${at}, while ${importedBeside.toLocaleString('en')} songs are imported, worst ${seconds} s`,
      unit: 'ms',
      samples: beside,
    },
    { what: 'with an import beside against without', unit: '×', samples: ratios(beside, without), target: ['≤', 2] },
  ]
}
