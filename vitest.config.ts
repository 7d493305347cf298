import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import slowTests from './bin/slow-tests.json' with { type: 'json' }

const root = fileURLToPath(new URL('.', import.meta.url))

/**
 * Starts the slowest files first, so that no worker is idle at the end. Vitest does this itself once it has run, but on a
 * fresh checkout it sorts by file size. bin/slow-tests.json lists files that take 10 s or more, slowest first.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = slowTests.indexOf(path.relative(root, moduleId))
      return place === -1 ? slowTests.length : place
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    pool: 'forks',
    // PostgreSQL uses the same two cores.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    env: { TZ: 'UTC' },
    // These only end a test that hangs, so they are far above what a slow machine needs.
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
