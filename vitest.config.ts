import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const root = fileURLToPath(new URL('.', import.meta.url))

/** Files that take longest, on two cores, longest first: 120 s to 10 s. */
const LONGEST = [
  'lib/server/site.process.test.ts',
  'bench/bench.process.test.ts',
  'lib/server/instances.process.test.ts',
  'lib/server/warm/warm.process.test.ts',
  'lib/imports/imports.cli.test.ts',
  'lib/imports/roundtrip.test.ts',
  'lib/api/plans.test.ts',
  'lib/api/lists.test.ts',
  'lib/imports/load/load.test.ts',
  'lib/imports/ndjson/ndjson.test.ts',
  'lib/imports/interrupt.test.ts',
  'lib/catalogue/plans.test.ts',
  'lib/search/results/results.test.ts',
]

/**
 * Begins with the longest, so that no worker is idle while another ends one. Vitest does so by itself where it has run
 * before; on a fresh checkout it begins with the files of most bytes.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.indexOf(path.relative(root, moduleId))
      return place === -1 ? LONGEST.length : place
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    pool: 'forks',
    // Two cores, and PostgreSQL works on them too.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    env: { TZ: 'UTC' },
    // They end what hangs; a slow machine must never come near.
    testTimeout: 120_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['*.test.ts', '{bin,lib,components,prisma}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.process.test.ts'],
          globalSetup: 'lib/db/testing/server.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: ['{bench,bin,lib}/**/*.process.test.ts'],
        },
      },
    ],
  },
})
