import pg from 'pg'
import { databaseUrl } from './url'

/** Connections outside the pool: for session locks, LISTEN, COPY, and statements that run for minutes. */

/**
 * Opens a connection, to the site's database unless `connectionString` names another.
 * @param config `application_name` is the session's name in `pg_stat_activity`.
 */
export async function openSession(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...config, connectionString: config.connectionString ?? databaseUrl() })
  // A lost connection fails the statement that is running. Without a listener it would also end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    void client.end().catch(() => {})
    throw error
  }
}

/**
 * Does `work` in a session of the site's database, which ends afterwards.
 * @param name of the session in `pg_stat_activity`.
 * @param signal cancels the statement that is running.
 */
export async function withSession<Result>(
  name: string,
  signal: AbortSignal | undefined,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = await openSession({ application_name: name })
  const stopCancelling = cancelOnAbort(client, signal)
  try {
    return await work(client)
  } finally {
    stopCancelling()
    await client.end()
  }
}

/** A PostgreSQL that takes longer to cancel a statement has other trouble. */
const CANCEL_TIMEOUT_MS = 5_000

/**
 * Cancels the running statement of `client` when the signal comes; the statement fails then. If the signal comes between
 * two statements, the caller has to notice.
 * @returns a function that stops listening to the signal.
 */
export function cancelOnAbort(
  client: pg.Client,
  signal: AbortSignal | undefined,
  connectionString = databaseUrl(),
): () => void {
  const cancel = async () => {
    const other = await openSession({
      connectionString,
      connectionTimeoutMillis: CANCEL_TIMEOUT_MS,
      query_timeout: CANCEL_TIMEOUT_MS,
    })
    await other.query('SELECT pg_cancel_backend($1)', [Reflect.get(client, 'processID')]).finally(() => other.end())
  }
  // Without a second connection the statement runs to its end, and the signal counts then.
  const onAbort = () => void cancel().catch(() => {})
  signal?.addEventListener('abort', onAbort, { once: true })
  return () => signal?.removeEventListener('abort', onAbort)
}
