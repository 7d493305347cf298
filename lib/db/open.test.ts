import pg from 'pg'
import { afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { at, run } from './testing/admin'

/** Opens an empty external PostgreSQL. */

const NAME = 'opened'
let url: string

beforeAll(() => {
  url = at(inject('testServer'), NAME)
  // lib/env is parsed at its first import.
  process.env.DATABASE_URL = url
})

beforeEach(() => run(inject('testServer'), `CREATE DATABASE ${NAME}`))
afterEach(() => run(inject('testServer'), `DROP DATABASE ${NAME} WITH (FORCE)`))

async function countTables(): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client
    .query("SELECT FROM pg_tables WHERE schemaname = 'public'")
    .finally(() => client.end())
  return rowCount ?? 0
}

test('does not migrate if the work before it fails, such as the build', async () => {
  const { openDatabase } = await import('./open')
  await expect(
    openDatabase({
      beforeMigrating: async () => {
        expect(await countTables()).toBe(0)
        throw new Error('The build failed')
      },
    }),
  ).rejects.toThrow('The build failed')
  expect(await countTables()).toBe(0)

  const database = await openDatabase({ beforeMigrating: async () => {} })
  expect(await countTables()).toBeGreaterThan(10)
  await database.stop()
})

test('refuses a database that a newer version migrated', async () => {
  const { openDatabase } = await import('./open')
  await (await openDatabase()).stop()
  await run(
    url,
    "UPDATE _prisma_migrations SET migration_name = '99990101000000_later' WHERE migration_name ~ '_search$'",
  )
  const refusal =
    'The database was migrated by a newer SyroMusic (99990101000000_later). Start that version, or restore the backup made before the upgrade.'
  const beforeMigrating = () => Promise.reject(new Error('It went on'))
  await expect(openDatabase({ beforeMigrating })).rejects.toThrow(refusal)
})
