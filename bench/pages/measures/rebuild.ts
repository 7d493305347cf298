import { endOf, spawnSyro } from '@/bin/testing'
import { rebuildAnchors } from '@/lib/catalogue/lists/anchors'
import { countTotals } from '@/lib/catalogue/rebuild'
import { type Measure, nameOf } from './measure'

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
    { name: `import of ${nameOf(large)}`, unit: '/s', samples: [imported.songs / imported.seconds] },
    {
      name: `rebuild of all page anchors and counts, ${nameOf(large)}`,
      unit: 's',
      samples: [anchors],
      target: ['<', 5 * MINUTES],
    },
    {
      name: `rebuild of all derived figures (\`syro rebuild\`, including sort keys and credits), ${nameOf(large)}`,
      unit: 's',
      samples: [everything],
    },
  ]
}
