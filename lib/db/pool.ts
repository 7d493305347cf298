import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { databaseUrl } from './url'

/**
 * The one PostgreSQL pool of a process. Prisma, raw SQL and COPY share it, so that connections are bounded in one place
 * and statements can be counted in one place. `globalThis` keeps it one across Next.js's module copies and hot reloads.
 */

/** One page at a time needs few; PostgreSQL has two cores here, and more connections than that only queue inside it. */
const CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000

const shared = globalThis as typeof globalThis & { syroPool?: pg.Pool }

/**
 * A connection belongs to nobody. A socket holds the async context that it was opened in for as long as it lives, and
 * that of a request to Next.js holds the whole request.
 */
function clientOf(run: <T>(call: () => T) => T): typeof pg.Client {
  return class extends pg.Client {
    override connect(): Promise<pg.Client>
    override connect(callback: (error: Error) => void): void
    override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
      return run(() => {
        if (!callback) return super.connect()
        super.connect(callback)
      })
    }
  }
}

function createPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    Client: clientOf(AsyncLocalStorage.snapshot()),
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'syromusic',
    // What is asked before an answer has come is sent at once; nobody waits who need not. There is no COPY on these.
    pipeline: true,
  })
  // A connection that breaks while idle is dropped by the pool; without a listener the process would end.
  pool.on('error', (error) => console.error(`A database connection was lost: ${error.message}`))
  // One that breaks in somebody's hands fails what it is used for, and then says so here, where nobody need hear it.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Opens on first use: a build needs no database. */
export function pool(): pg.Pool {
  shared.syroPool ??= createPool(databaseUrl())
  return shared.syroPool
}

/** Long enough for the statements of a page; what is cut off is rolled back. */
const CLOSE_WITHIN_MS = 1_000

/** Closes what was opened, once the statements under way are done. @param hurry stops waiting for them. */
export async function closePool(hurry: AbortSignal): Promise<void> {
  const open = shared.syroPool
  if (!open) return
  shared.syroPool = undefined
  const patience = delay(CLOSE_WITHIN_MS, undefined, { signal: hurry, ref: false }).catch(() => {})
  await Promise.race([open.end(), patience])
}
