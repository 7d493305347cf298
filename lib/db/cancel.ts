import pg from 'pg'

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
    const other = new pg.Client({ connectionString })
    await other.connect()
    await other.query('SELECT pg_cancel_backend($1)', [Reflect.get(client, 'processID')]).finally(() => other.end())
  }
  // Without another connection the statement can't be stopped; it ends by itself, and the signal counts then.
  const onAbort = () => void cancel().catch(() => {})
  signal?.addEventListener('abort', onAbort, { once: true })
  return () => signal?.removeEventListener('abort', onAbort)
}
