import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '@/lib/db/testing/admin'
import { makeScratch } from '@/lib/db/testing/scratch'
import { silentSteps } from '@/lib/observability/steps'
import { serverAccount } from './account'
import { type EmbeddedDatabase, openEmbedded } from './embedded'
import { findPostmaster } from './postmaster'

/** Data directories as a crash, another program or another version leaves them. One cluster serves all tests. */

let dataDir: string
const cluster = () => path.join(dataDir, 'postgres/data')

const open = (directory = dataDir): Promise<EmbeddedDatabase> =>
  openEmbedded(directory, silentSteps, (error) => console.error(error))

/** Opens the database, uses it and stops it. */
async function startAndStop(): Promise<void> {
  const database = await open()
  try {
    await run(database.url, 'SELECT 1')
  } finally {
    await database.stop(new AbortController().signal)
  }
}

beforeAll(async () => {
  dataDir = await makeScratch('damage')
  await startAndStop()
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

test('an incomplete data directory of an ended process is removed', async () => {
  const home = path.dirname(cluster())
  const draft = path.join(home, 'data.new-999999999')
  await mkdir(draft, { recursive: true })
  await writeFile(path.join(draft, 'PG_VERSION'), '18\n')
  await startAndStop()
  expect((await readdir(home)).filter((name) => name.includes('.new-'))).toEqual([])
})

describe('the server starts despite a lock file', () => {
  const startWith = async (text: string) => {
    const file = path.join(cluster(), 'postmaster.pid')
    await writeFile(file, text)
    const longAgo = 1
    await utimes(file, longAgo, longAgo)
    await startAndStop()
  }
  const naming = (pid?: number) => `${pid}\n${cluster()}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`

  test('that is empty', () => startWith(''))

  test('that names an ended process', () => startWith(naming(999_999_999)))

  test('that names another running process', async () => {
    // PostgreSQL only minds processes of its own user.
    const account = await serverAccount(path.dirname(cluster()))
    const other = spawn('sleep', ['1000'], { ...account, stdio: 'ignore' })
    await once(other, 'spawn')
    await startWith(naming(other.pid)).finally(() => other.kill())
  })
})

describe('a start fails with a sentence', () => {
  /** Moves a file of the cluster away during `work`. */
  async function without(name: string, work: (file: string) => Promise<void>): Promise<void> {
    const file = path.join(cluster(), name)
    await rename(file, `${file}.away`)
    await work(file).finally(() => rename(`${file}.away`, file))
  }

  test('if the data is of another PostgreSQL version', () =>
    without('PG_VERSION', async (file) => {
      await writeFile(file, '13\n')
      await expect(open()).rejects.toThrow(/is of PostgreSQL 13, and this SyroMusic comes with PostgreSQL \d+/)
    }))

  test('if PostgreSQL does not start, with its own message', () =>
    without('global/pg_control', async () => {
      await expect(open()).rejects.toThrow(
        /PostgreSQL could not start in \S+: postgres: could not find the database system/,
      )
      expect(await findPostmaster(cluster())).toBeUndefined()
    }))

  test('if the data directory is a file', async () => {
    const file = path.join(dataDir, 'file')
    await writeFile(file, '')
    await expect(open(file)).rejects.toThrow(/there is a file of that name/)
  })
})
