import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { LRUCache } from 'lru-cache'
import type pg from 'pg'
import { PrismaClient } from './generated/client'
import { pool } from './pool'

const shared = globalThis as typeof globalThis & { syroPrisma?: { of: pg.Pool; client: PrismaClient } }

const names = new LRUCache<string, string>({ max: 2_000 })

/**
 * Prepared once a connection, a statement is planned once, and planning a page's joins takes longer than running them.
 * Statements differ only in how many ids they ask for, so there are few.
 */
export function statementName(sql: string): string {
  const known = names.get(sql)
  if (known) return known
  const name = createHash('sha256').update(sql).digest('base64url').slice(0, 22)
  names.set(sql, name)
  return name
}

/** The one Prisma client of a process, on the shared pool. Opens on first use, and anew with another pool. */
export function db(): PrismaClient {
  const of = pool()
  if (shared.syroPrisma?.of !== of) {
    const adapter = new PrismaPg(of, { statementNameGenerator: ({ sql }) => statementName(sql) })
    shared.syroPrisma = { of, client: new PrismaClient({ adapter }) }
  }
  return shared.syroPrisma.client
}
