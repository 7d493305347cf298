import pg from 'pg'
import { AppError } from '@/lib/errors'
import { type Cluster, SUPERUSER } from './cluster'

/**
 * The site and any number of commands may use one embedded server at a time, started by whichever came first. Each
 * holds a session with a lock, which PostgreSQL takes back when the process ends, however it ends. The last to leave
 * stops the server.
 */

/** Keys of advisory locks. The one that applies migrations has a key of its own, in prisma/migrate.ts. */
const TENANT = 7_966_001
const SITE = 7_966_002

/** A site that was just killed keeps its lock until PostgreSQL has noticed: a few milliseconds. */
const NOTICED_WITHIN = '2s'

const LOCK_TIMEOUT = '55P03'

/** What PostgreSQL answers while it comes up, goes down, or has just gone. */
const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'])

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** A connection that ends in the middle of a statement has no code. */
const isPassing = (error: unknown) =>
  passing.has(codeOf(error) ?? '') || (error instanceof Error && error.message.startsWith('Connection terminated'))

export class Tenancy {
  private constructor(private readonly session: pg.Client) {}

  static url(cluster: Cluster, port: number): string {
    return `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/postgres`
  }

  /**
   * A place on the server at `port`; nothing when it is going, or gone, and has to be started again.
   * @param lost is called when the session breaks.
   */
  static async enter(cluster: Cluster, port: number, lost: () => void): Promise<Tenancy | undefined> {
    const session = new pg.Client({ connectionString: Tenancy.url(cluster, port), keepAlive: true })
    let entered = false
    session.on('error', () => {})
    session.once('end', () => entered && lost())
    try {
      await session.connect()
      await session.query('SELECT pg_advisory_lock_shared($1)', [TENANT])
      entered = true
      return new Tenancy(session)
    } catch (error) {
      await session.end().catch(() => {})
      if (isPassing(error)) return undefined
      throw new AppError('unavailable', `The embedded PostgreSQL did not let us in: ${error}`, { cause: error })
    }
  }

  /**
   * Takes the one place of a site.
   * @returns nothing when it has it, else what the site that has it announced: empty while that one is starting.
   */
  async claimSite(): Promise<string | undefined> {
    await this.session.query(`SET lock_timeout = '${NOTICED_WITHIN}'`)
    try {
      await this.session.query('SELECT pg_advisory_lock($1)', [SITE])
      return undefined
    } catch (error) {
      if (codeOf(error) !== LOCK_TIMEOUT) throw error
    }
    const { rows } = await this.session.query(
      `SELECT a.application_name AS address FROM pg_locks l JOIN pg_stat_activity a USING (pid)
       WHERE l.locktype = 'advisory' AND l.objid = $1 AND l.granted`,
      [SITE],
    )
    return String(rows[0]?.address ?? '')
  }

  /** Lets others know where this site is. */
  async announce(address: string): Promise<void> {
    await this.session.query("SELECT set_config('application_name', $1, false)", [address])
  }

  /** Gives the place back. @returns whether nobody else is there, and from then on nobody can enter. */
  async leave(): Promise<boolean> {
    await this.session.query('SELECT pg_advisory_unlock_all()')
    const { rows } = await this.session.query('SELECT pg_try_advisory_lock($1) AS alone', [TENANT])
    return rows[0]?.alone === true
  }

  async end(): Promise<void> {
    await this.session.end().catch(() => {})
  }
}
