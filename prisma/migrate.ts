import pg from 'pg'
import { filters, readMigrations, readSchema, withEngine } from './engine'

/** The key of the advisory lock for migrations. */
const MIGRATING = 7_966_003

/** The names of applied migrations, from Prisma's table. */
async function appliedMigrations(client: pg.Client): Promise<Set<string>> {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists")
  if (!tables[0].exists) return new Set()
  const { rows } = await client.query(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  return new Set(rows.map((row) => String(row.name)))
}

/** Applied migrations that this version does not have, oldest first: a newer version applied them. */
export async function unknownMigrations(connectionString: string): Promise<string[]> {
  const { migrationDirectories } = await readMigrations()
  const known = new Set(migrationDirectories.map(({ path }) => path))
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return [...(await appliedMigrations(client))].filter((name) => !known.has(name)).sort()
  } finally {
    await client.end()
  }
}

/**
 * Applies missing migrations, as `prisma migrate deploy` would. Any number of processes may do so at once.
 * @returns the names of those it applied, oldest first.
 */
export async function migrate(connectionString: string): Promise<string[]> {
  const migrationsList = await readMigrations()
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATING])
    const applied = await appliedMigrations(client)
    // Loading the engine takes longer than the rest of a start.
    if (migrationsList.migrationDirectories.every(({ path }) => applied.has(path))) return []
    return await withEngine(connectionString, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters })
      return appliedMigrationNames
    })
  } finally {
    await client.end()
  }
}

/** The SQL that would change the database to match the schema; empty if they match. */
export async function difference(connectionString: string): Promise<string> {
  const schema = await readSchema()
  const { stdout } = await withEngine(connectionString, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', configDir: '', ...schema },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters,
    }),
  )
  return (stdout ?? '').replace(/^--.*$/gm, '').trim()
}
