import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { log } from '@/lib/observability/log'
import { ofConnection, ofStatement } from './unavailable'
import { databaseUrl } from './url'

/**
 * The one PostgreSQL pool of a process. Prisma and raw SQL share it, so that connections are limited in one place. It is
 * on `globalThis`, because Next.js has several copies of this module.
 */

/** More connections than this would only queue inside PostgreSQL on a machine with few cores. */
const CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000

/**
 * Timeouts for threads that answer requests, in ms: a visitor gets an error within a few seconds. `statement` is
 * PostgreSQL's own timeout; `answer` is for a server that does not answer at all.
 */
export const PROMPT = { connect: 3_000, statement: 4_000, answer: 5_000 } as const

const shared = globalThis as typeof globalThis & {
  syroPool?: pg.Pool
  /** Whether this thread answers requests. */
  syroPrompt?: boolean
}

type Callback = (error: unknown, ...results: unknown[]) => void
const isCallback = (value: unknown): value is Callback => typeof value === 'function'

/** Makes `query` fail with the errors of lib/db/unavailable.ts. */
function translateErrors(target: object, parent: pg.Client | pg.Pool): void {
  Reflect.set(target, 'query', function query(this: unknown, ...given: unknown[]) {
    const callback = given.at(-1)
    if (isCallback(callback)) {
      const translated: Callback = (error, ...results) => callback(error && ofStatement(error), ...results)
      return Reflect.apply(parent.query, this, [...given.slice(0, -1), translated])
    }
    const answer: unknown = Reflect.apply(parent.query, this, given)
    return answer instanceof Promise ? answer.catch((error) => Promise.reject(ofStatement(error))) : answer
  })
}

/**
 * Clients connect outside the request's async context. A socket keeps its context for its lifetime, and the context of a
 * Next.js request would keep the whole request.
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
  translateErrors(Client.prototype, pg.Client.prototype)
  return Client
}

/** A pool whose `connect` fails with the errors of lib/db/unavailable.ts. */
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
// `pool.query` itself fails if its connection breaks, not only the statement.
translateErrors(Pool.prototype, pg.Pool.prototype)

function createPool(connectionString: string): pg.Pool {
  const isPrompt = shared.syroPrompt === true
  const pool = new Pool({
    Client: clientOf(AsyncLocalStorage.snapshot()),
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: isPrompt ? PROMPT.connect : CONNECT_TIMEOUT_MS,
    application_name: 'syromusic',
    // Statements are sent without waiting for earlier results. COPY is impossible on these connections.
    pipeline: true,
    ...(isPrompt && { query_timeout: PROMPT.answer }),
  })
  // The pool drops a broken idle connection. Without a listener, the error would end the process.
  pool.on('error', (err) => log.error({ err }, 'A database connection was lost'))
  pool.on('connect', (client) => {
    // A connection that breaks in use also fails its statement, which reports the error.
    client.on('error', () => {})
    // A connection parameter would be refused by poolers such as PgBouncer. This is sent before the first statement.
    if (isPrompt) client.query(`SET statement_timeout = ${PROMPT.statement}`).catch(() => {})
  })
  return pool
}

/** Opens on first use: a build needs no database. */
export function pool(): pg.Pool {
  shared.syroPool ??= createPool(databaseUrl())
  return shared.syroPool
}

/** Applies the timeouts of PROMPT to this thread, because it answers requests. */
export async function answerPromptly(): Promise<void> {
  shared.syroPrompt = true
  const before = shared.syroPool
  shared.syroPool = undefined
  await before?.end()
}

/** Long enough for the statements of a page. Later ones are rolled back. */
const CLOSE_TIMEOUT_MS = 1_000

/** Closes the pool after its current statements. @param hurry stops waiting for them. */
export async function closePool(hurry: AbortSignal): Promise<void> {
  const open = shared.syroPool
  if (!open) return
  shared.syroPool = undefined
  const timeout = delay(CLOSE_TIMEOUT_MS, undefined, { signal: hurry, ref: false }).catch(() => {})
  await Promise.race([open.end(), timeout])
}
