import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { ofConnection, ofStatement } from '@/lib/db/unavailable'
import { databaseUrl } from '@/lib/db/url'

/**
 * Locks of pictures. Whoever puts the files of a picture into the storage or removes them holds its lock until the database
 * says what is there: otherwise one would remove what another has just put. A storage may be slow, so the locks are not
 * those of a transaction, which would keep a connection of the pool for as long. They are all held by one session of the
 * process, and end with it, however that ends.
 */

/** "ARTW" in ASCII: names these advisory locks among those of other applications in the database. */
const LOCK_SPACE = 0x41525457
/** What the session is called in `pg_stat_activity`. */
export const LOCK_HOLDER = 'syromusic pictures'

/** Pause before a lock that somebody else holds is tried again, in ms. A wait in PostgreSQL would hold up the session. */
const TRY_EVERY_MS = 50
const CONNECT_TIMEOUT_MS = 5_000

/** The session that holds a lock. */
export type Holder = {
  query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>>
}

/** A socket holds the async context that it was opened in; that of a request would be held for as long. */
const outside = AsyncLocalStorage.snapshot()

class Session implements Holder {
  users = 0
  isLost = false
  private readonly client: pg.Client
  private readonly connected: Promise<unknown>

  constructor() {
    this.client = new pg.Client({
      connectionString: databaseUrl(),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: LOCK_HOLDER,
      // Several lock at once; each query is sent when it comes.
      pipeline: true,
    })
    const lose = () => {
      this.isLost = true
    }
    this.client.on('error', lose)
    this.client.on('end', lose)
    this.connected = this.client.connect().catch((error) => {
      lose()
      throw ofConnection(error)
    })
  }

  /** @throws an error that passes where the session is lost, and the locks with it. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>> {
    await this.connected
    try {
      return await this.client.query<Row>(text, values)
    } catch (error) {
      throw ofStatement(error)
    }
  }

  end(): void {
    void this.client.end().catch(() => {})
  }
}

let session: Session | undefined

/** Opens the session of the process for the first who needs it, and closes it after the last. */
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

/** The last in this process to ask for the lock of each picture: one session may take a lock twice. */
const last = new Map<string, Promise<unknown>>()

/**
 * Does `work` while no other process, and nobody else in this one, puts or removes the files of a picture.
 * @param work is given the session that holds the lock: what it changes there is changed only while the lock is held.
 * @throws what `work` throws, and an error that passes where the session is lost.
 */
export function withPicture<Result>(hash: string, work: (holder: Holder) => Promise<Result>): Promise<Result> {
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
  work: (holder: Holder) => Promise<Result>,
): Promise<Result> {
  const key = [LOCK_SPACE, Number.parseInt(hash.slice(0, 8), 16) | 0]
  while (!(await tryLock(holder, key))) await delay(TRY_EVERY_MS)
  try {
    return await work(holder)
  } finally {
    // A session that is lost has let go of it.
    await holder.query('SELECT pg_advisory_unlock($1, $2)', key).catch(() => {})
  }
}

async function tryLock(holder: Session, key: number[]): Promise<boolean> {
  const { rows } = await holder.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', key)
  return rows[0]?.locked === true
}
