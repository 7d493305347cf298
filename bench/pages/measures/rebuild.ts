import { endOf, spawnSyro } from '@/bin/testing'
import { rebuildAnchors } from '@/lib/catalogue/lists/anchors'
import { countTotals } from '@/lib/catalogue/rebuild'
import { type Measure, named } from './measure'

const MINUTES = 60

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1_000
}

/** The speed of the import, and the time to rebuild all derived data. */
export const measureRebuild: Measure = async ({ large }) => {
  const { client, databaseUrl, imported } = large
  const anchors = await secondsOf(async () => {
    await client.query('BEGIN')
    await rebuildAnchors(client)
      .then(() => countTotals(client))
      .finally(() => client.query('ROLLBACK'))
  })
  const everything = await secondsOf(async () => {
    const { code, err } = await endOf(spawnSyro(databaseUrl, 'rebuild'))
    if (code !== 0) throw new Error(err)
  })
  return [
    { what: `import of ${named(large)}`, unit: '/s', samples: [imported.songs / imported.seconds] },
    {
      what: `page anchors and counts of every list made anew, ${named(large)}`,
      unit: 's',
      samples: [anchors],
      target: ['<', 5 * MINUTES],
    },
    {
      what: `everything derived made anew (\`syro rebuild\`: sort keys and credits too), ${named(large)}`,
      unit: 's',
      samples: [everything],
    },
  ]
}
