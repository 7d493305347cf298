import pg from 'pg'

/** Where it takes longer, PostgreSQL has more trouble than this statement. */
const TIMEOUT_MS = 5_000

/**
 * Has PostgreSQL stop the statement that `client` waits for when the signal comes; the statement fails then. One that
 * comes between statements is the caller's to notice.
 * @returns what ends the listening.
 */
export function cancelOnAbort(
  client: pg.Client,
  connectionString: string,
  signal: AbortSignal | undefined,
): () => void {
  const cancel = async () => {
    const other = new pg.Client({
      connectionString,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
    })
    await other.connect()
    await other.query('SELECT pg_cancel_backend($1)', [Reflect.get(client, 'processID')]).finally(() => other.end())
  }
  // Without another connection the statement can't be stopped; it ends by itself, and the signal counts then.
  const onAbort = () => void cancel().catch(() => {})
  signal?.addEventListener('abort', onAbort, { once: true })
  return () => signal?.removeEventListener('abort', onAbort)
}
