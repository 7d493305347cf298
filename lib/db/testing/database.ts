import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, inject } from 'vitest'
import { closePool, pool } from '@/lib/db/pool'
import { at, run, TEMPLATE } from './admin'

export interface TestDatabase {
  url: string
  pool: pg.Pool
}

/**
 * Creates a migrated, empty database for the calling test file, which is dropped at its end. `pool()` and `db()` use it.
 * @example const { pool } = await createTestDatabase()   // at the top of the file
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  const url = at(server, name)
  process.env.DATABASE_URL = url
  afterAll(async () => {
    await closePool(AbortSignal.abort())
    await run(server, `DROP DATABASE ${name} WITH (FORCE)`)
  })
  return { url, pool: pool() }
}
