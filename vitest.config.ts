import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    pool: 'forks',
    // Two cores, and PostgreSQL works on them too.
    maxWorkers: 2,
    env: { TZ: 'UTC' },
    // They end what hangs; a slow machine must never come near.
    testTimeout: 120_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['*.test.ts', '{lib,components,prisma}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.process.test.ts'],
          globalSetup: 'lib/db/testing/server.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: ['{bench,lib}/**/*.process.test.ts'],
        },
      },
    ],
  },
})
