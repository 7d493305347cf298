import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Writes the Prisma client to lib/db/generated. Runs after every `npm install`, so it prints only errors.
 *
 * The `prisma` command would download a native schema engine from Prisma's host, which generation doesn't use. Naming
 * Node.js as the engine prevents that.
 */
const require = createRequire(import.meta.url)
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const command = path.resolve(path.dirname(require.resolve('prisma/package.json')), 'build/index.js')

const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [command, 'generate', '--schema=prisma/schema', '--no-hints'],
  {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      NO_UPDATE_NOTIFIER: '1',
    },
  },
)
if (status !== 0) console.error(`The Prisma client could not be generated.\n${stdout}${stderr}`)
process.exitCode = status ?? 1
