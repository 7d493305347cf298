import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { openSession } from '@/lib/db/session'
import { ofConnection, ofStatement } from '@/lib/db/unavailable'

/**
 * Locks of pictures. Storing and removing files hold the picture's lock until its row is written, so that one process can't
 * remove files that another has just stored. Storage may be slow, so the locks are not those of a transaction, which would
 * hold a pool connection for as long. One session per process holds all of them, and they end with it.
 */

/** "ARTW" in ASCII: separates these advisory locks from those of other applications in the database. */
const LOCK_SPACE = 0x41525457
/** The session's name in `pg_stat_activity`. */
export const LOCK_HOLDER = 'syromusic pictures'

/** Retry interval for a held lock, in ms. Waiting in PostgreSQL would block the shared session. */
const TRY_EVERY_MS = 50
const CONNECT_TIMEOUT_MS = 5_000

/** The session that holds a lock. */
export type LockSession = {
  query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>>
}

/** Opens the socket outside the request's async context, which it would keep alive. */
const outside = AsyncLocalStorage.snapshot()

class Session implements LockSession {
  users = 0
  isLost = false
  private readonly client: Promise<pg.Client>

  constructor() {
    const lose = () => {
      this.isLost = true
    }
    this.client = openSession({
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: LOCK_HOLDER,
      // Queries of several locks don't wait for each other's results.
      pipeline: true,
    }).then(
      (client) => client.on('error', lose).on('end', lose),
      (error) => {
        lose()
        throw ofConnection(error)
      },
    )
  }

  /** @throws a temporary error if the session, and its locks, are lost. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>> {
    const client = await this.client
    try {
      return await client.query<Row>(text, values)
    } catch (error) {
      throw ofStatement(error)
    }
  }

  end(): void {
    void this.client.then((client) => client.end()).catch(() => {})
  }
}

let session: Session | undefined

/** Opens the process's session for its first user and closes it after the last. */
async function inSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
  if (!session || session.isLost) session = outside(() => new Session())
  const used = session
  used.users += 1
  try {
    return await work(used)
  } finally {
    used.users -= 1
    if (used.users === 0) {
      if (session === used) session = undefined
      used.end()
    }
  }
}

/** Queues of this process by picture, because a session can take the same lock twice. */
const last = new Map<string, Promise<unknown>>()

/**
 * Runs `work` while it holds the lock of a picture, across processes.
 * @param work gets the session that holds the lock: its writes fail if the lock is lost.
 * @throws what `work` throws, and a temporary error if the session is lost.
 */
export function withPicture<Result>(hash: string, work: (holder: LockSession) => Promise<Result>): Promise<Result> {
  const before = last.get(hash) ?? Promise.resolve()
  const done = before.catch(() => {}).then(() => inSession((holder) => whileLocked(holder, hash, work)))
  last.set(hash, done)
  const leave = () => {
    if (last.get(hash) === done) last.delete(hash)
  }
  done.then(leave, leave)
  return done
}

async function whileLocked<Result>(
  holder: Session,
  hash: string,
  work: (holder: LockSession) => Promise<Result>,
): Promise<Result> {
  const key = [LOCK_SPACE, Number.parseInt(hash.slice(0, 8), 16) | 0]
  while (!(await tryLock(holder, key))) await delay(TRY_EVERY_MS)
  try {
    return await work(holder)
  } finally {
    // A lost session has released its lock.
    await holder.query('SELECT pg_advisory_unlock($1, $2)', key).catch(() => {})
  }
}

async function tryLock(holder: Session, key: number[]): Promise<boolean> {
  const { rows } = await holder.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', key)
  return rows[0]?.locked === true
}
