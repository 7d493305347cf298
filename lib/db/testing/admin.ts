import pg from 'pg'

/** The migrated, empty database that every test database copies. */
export const TEMPLATE = 'syromusic_template'

/** The address of another database on the same server. */
export function at(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = database
  return address.href
}

/** Runs one statement outside a transaction. */
export async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
