import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { LRUCache } from 'lru-cache'
import type pg from 'pg'
import { PrismaClient } from './generated/client'
import { pool } from './pool'

const shared = globalThis as typeof globalThis & { syroPrisma?: { pool: pg.Pool; client: PrismaClient } }

const names = new LRUCache<string, string>({ max: 2_000 })

/**
 * Named statements are prepared once per connection. Planning a page's joins takes longer than running them, and there
 * are few statements: they differ only in their number of ids.
 */
export function statementName(sql: string): string {
  const known = names.get(sql)
  if (known) return known
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 22)
  names.set(sql, name)
  return name
}

/** The one Prisma client of a process, on the shared pool. It is created on first use, and again for a new pool. */
export function db(): PrismaClient {
  const current = pool()
  if (shared.syroPrisma?.pool !== current) {
    const adapter = new PrismaPg(current, { statementNameGenerator: ({ sql }) => statementName(sql) })
    shared.syroPrisma = { pool: current, client: new PrismaClient({ adapter }) }
  }
  return shared.syroPrisma.client
}
