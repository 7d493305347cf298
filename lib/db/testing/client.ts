import pg from 'pg'

/** Runs `work` with a connection outside the pool, whose connections can't COPY. */
export async function withClient<Result>(pool: pg.Pool, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: pool.options.connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
