import pg from 'pg'

/** If a cancel request takes longer, PostgreSQL has a bigger problem than the statement. */
const TIMEOUT_MS = 5_000

/**
 * Cancels the current statement of `client` on a signal; the statement then fails. The caller must check the signal
 * between statements.
 * @returns a function that removes the listener.
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
  // If no connection can be opened, the statement runs to its end, and the caller checks the signal then.
  const onAbort = () => void cancel().catch(() => {})
  signal?.addEventListener('abort', onAbort, { once: true })
  return () => signal?.removeEventListener('abort', onAbort)
}
