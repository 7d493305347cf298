import type pg from 'pg'
import { openSession } from '@/lib/db/session'
import { AppError } from '@/lib/errors'
import { type Cluster, SUPERUSER } from './cluster'

/**
 * The site and any number of commands share one embedded server, which the first of them starts. Each has a session with
 * a shared lock, which PostgreSQL releases however the process ends. The last one stops the server.
 */

/** Keys of advisory locks. The lock for migrations is in prisma/migrate.ts. */
const TENANT = 7_966_001
const SITE = 7_966_002

/** The lock of a killed site stays until PostgreSQL notices, which takes a few milliseconds. */
const LOCK_WAIT = '2s'

const LOCK_TIMEOUT = '55P03'

/** The errors of a server that is starting, stopping or gone. */
const temporary = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'])

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The error of a connection that ends within a statement has no code. */
const isTemporary = (error: unknown) =>
  temporary.has(codeOf(error) ?? '') || (error instanceof Error && error.message.startsWith('Connection terminated'))

export class Tenancy {
  private constructor(private readonly session: pg.Client) {}

  static url(cluster: Cluster, port: number): string {
    return `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/postgres`
  }

  /**
   * Joins the server at `port`.
   * @param lost is called when the session breaks.
   * @returns undefined if the server is stopping or gone, and must be started again.
   */
  static async enter(cluster: Cluster, port: number, lost: () => void): Promise<Tenancy | undefined> {
    let session: pg.Client | undefined
    let entered = false
    try {
      session = await openSession({ connectionString: Tenancy.url(cluster, port), keepAlive: true })
      session.once('end', () => entered && lost())
      await session.query('SELECT pg_advisory_lock_shared($1)', [TENANT])
      entered = true
      return new Tenancy(session)
    } catch (error) {
      await session?.end().catch(() => {})
      if (isTemporary(error)) return undefined
      throw new AppError('unavailable', `Could not connect to the embedded PostgreSQL: ${error}`, { cause: error })
    }
  }

  /**
   * Takes the lock of the one site.
   * @returns undefined if it succeeds, else the address of the other site: empty while that one is starting.
   */
  async claimSite(): Promise<string | undefined> {
    await this.session.query(`SET lock_timeout = '${LOCK_WAIT}'`)
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

  /** Stores the address of this site for `claimSite`. */
  async announce(address: string): Promise<void> {
    await this.session.query("SELECT set_config('application_name', $1, false)", [address])
  }

  /** Releases the locks. @returns whether no other process uses the server; then none can join any more. */
  async leave(): Promise<boolean> {
    await this.session.query('SELECT pg_advisory_unlock_all()')
    const { rows } = await this.session.query('SELECT pg_try_advisory_lock($1) AS alone', [TENANT])
    return rows[0]?.alone === true
  }

  async end(): Promise<void> {
    await this.session.end().catch(() => {})
  }
}
