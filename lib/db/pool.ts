import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { ofConnection, ofStatement } from './unavailable'
import { databaseUrl } from './url'

/**
 * The one PostgreSQL pool of a process. Prisma, raw SQL and COPY share it, so that connections are bounded in one place
 * and statements can be counted in one place. `globalThis` keeps it one across Next.js's module copies and hot reloads.
 */

/** One page at a time needs few; PostgreSQL has two cores here, and more connections than that only queue inside it. */
const CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000

/**
 * Limits for those who answer requests: a visitor hears within a few seconds that the database is in trouble. PostgreSQL
 * stops a statement by itself; where it has stopped answering altogether, this side gives up a little later.
 */
export const PROMPT = { connect: 3_000, statement: 4_000, answer: 5_000 } as const

const shared = globalThis as typeof globalThis & {
  syroPool?: pg.Pool
  /** Whether this thread answers requests. */
  syroPrompt?: boolean
}

type Callback = (error: unknown, ...results: unknown[]) => void
const isCallback = (value: unknown): value is Callback => typeof value === 'function'

/** Has statements fail with what lib/db/unavailable.ts makes of their errors. */
function tellUnavailable(target: object, parent: pg.Client | pg.Pool): void {
  Reflect.set(target, 'query', function query(this: unknown, ...given: unknown[]) {
    const callback = given.at(-1)
    if (isCallback(callback)) {
      const told: Callback = (error, ...results) => callback(error && ofStatement(error), ...results)
      return Reflect.apply(parent.query, this, [...given.slice(0, -1), told])
    }
    const answer: unknown = Reflect.apply(parent.query, this, given)
    return answer instanceof Promise ? answer.catch((error) => Promise.reject(ofStatement(error))) : answer
  })
}

/**
 * A connection belongs to nobody. A socket holds the async context that it was opened in for as long as it lives, and
 * that of a request to Next.js holds the whole request.
 */
function clientOf(run: <T>(call: () => T) => T): typeof pg.Client {
  class Client extends pg.Client {
    override connect(): Promise<pg.Client>
    override connect(callback: (error: Error) => void): void
    override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
      return run(() => {
        if (!callback) return super.connect()
        super.connect(callback)
      })
    }
  }
  tellUnavailable(Client.prototype, pg.Client.prototype)
  return Client
}

/** Fails with what lib/db/unavailable.ts says where there is no connection. */
class Pool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (!callback) return super.connect().catch((error) => Promise.reject(ofConnection(error)))
    super.connect((error, client, done) =>
      Reflect.apply(callback, undefined, [error && ofConnection(error), client, done]),
    )
  }
}
// A connection that breaks in the hands of `pool.query` fails it there, and not in a statement.
tellUnavailable(Pool.prototype, pg.Pool.prototype)

function createPool(connectionString: string): pg.Pool {
  const isPrompt = shared.syroPrompt === true
  const pool = new Pool({
    Client: clientOf(AsyncLocalStorage.snapshot()),
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: isPrompt ? PROMPT.connect : CONNECT_TIMEOUT_MS,
    application_name: 'syromusic',
    // What is asked before an answer has come is sent at once; nobody waits who need not. There is no COPY on these.
    pipeline: true,
    ...(isPrompt && { query_timeout: PROMPT.answer }),
  })
  // A connection that breaks while idle is dropped by the pool; without a listener the process would end.
  pool.on('error', (error) => console.error(`A database connection was lost: ${error.message}`))
  pool.on('connect', (client) => {
    // One that breaks in somebody's hands fails what it is used for, and then says so here, where nobody need hear it.
    client.on('error', () => {})
    // Not as a parameter of the connection, which a pooler such as PgBouncer refuses. Sent ahead of the first statement.
    if (isPrompt) client.query(`SET statement_timeout = ${PROMPT.statement}`).catch(() => {})
  })
  return pool
}

/** Opens on first use: a build needs no database. */
export function pool(): pg.Pool {
  shared.syroPool ??= createPool(databaseUrl())
  return shared.syroPool
}

/** From now on this thread answers requests: what asks the database is bounded in time (PROMPT). */
export async function answerPromptly(): Promise<void> {
  shared.syroPrompt = true
  const before = shared.syroPool
  shared.syroPool = undefined
  await before?.end()
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
