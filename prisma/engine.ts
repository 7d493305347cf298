import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine, SchemasContainer } from '@prisma/schema-engine-wasm'
import pg from 'pg'

/**
 * Prisma's schema engine as WebAssembly, from an npm package. The `prisma` command would download a native one from
 * Prisma's host, which a firewalled server can't reach.
 */

const here = path.dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)

/** Tables of lib/search. The schema omits them, because Prisma has neither text vectors nor partial indexes. */
export const filters = {
  externalTables: [
    'public.change_counter',
    'public.change_log',
    'public.pending_change',
    'public.search_document',
    'public.search_state',
    'public.search_word',
  ],
  externalEnums: [],
}

/** The schema: every `schema/*.prisma`, ordered by name. */
export async function readSchema(): Promise<SchemasContainer> {
  const dir = path.join(here, 'schema')
  const names = (await readdir(dir)).filter((name) => name.endsWith('.prisma')).sort()
  const files = await Promise.all(
    names.map(async (name) => ({ path: name, content: await readFile(path.join(dir, name), 'utf8') })),
  )
  return { files }
}

/** The migrations in `migrations/`, oldest first. */
export async function readMigrations(): Promise<MigrationList> {
  const baseDir = path.join(here, 'migrations')
  const entries = await readdir(baseDir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  }
}

/**
 * Loads the engine. The package's own entry imports the .wasm as a module, which Node.js can't do yet. Once per process,
 * because the bindings keep views of one instance's memory.
 */
let bindings: Promise<typeof import('@prisma/schema-engine-wasm/schema_engine_bg')> | undefined

async function loadBindings() {
  // The engine reports panics here, by this name.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(text) } })
  const module = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = await readFile(
    path.join(path.dirname(require.resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm'),
  )
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...module } })
  module.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start !== 'function') throw new Error('This version of @prisma/schema-engine-wasm is not supported')
  start()
  return module
}

const CHAR = 18
const CHAR_ARRAY = 1002

/**
 * PostgreSQL's system catalogues, which the engine reads, have columns of type "char". The adapter supports only lists of
 * that type, so they are passed as lists; the catalogues have no such lists.
 */
class CatalogueClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    this.connection.on('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
      for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY
    })
  }
}

function adapterOn(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const postgres = new PrismaPg(pool)
  return {
    provider: postgres.provider,
    adapterName: postgres.adapterName,
    async connect() {
      const adapter = await postgres.connect()
      const queryRaw = adapter.queryRaw.bind(adapter)
      adapter.queryRaw = async (query) => {
        const result = await queryRaw(query)
        const columnTypes = result.columnTypes.map((type) =>
          type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
        )
        return { ...result, columnTypes }
      }
      // The adapter splits a script at every semicolon, even in functions and comments. PostgreSQL takes it whole.
      adapter.executeScript = async (script) => void (await pool.query(script))
      return adapter
    },
    connectToShadowDb: () => Promise.reject(new Error('Shadow databases are not supported')),
  }
}

/** Runs `work` with an engine on the database at `connectionString`. */
export async function withEngine<T>(connectionString: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  bindings ??= loadBindings()
  const { SchemaEngine } = await bindings
  const { files } = await readSchema()
  const pool = new pg.Pool({ connectionString, Client: CatalogueClient })
  try {
    const engine = await SchemaEngine.new(
      { datamodels: files.map((file) => [file.path, file.content]) },
      () => {},
      bindMigrationAwareSqlAdapterFactory(adapterOn(pool)),
    )
    return await work(engine).finally(() => engine.free())
  } finally {
    // The engine leaves connections open, and a database with connections can't be copied or dropped.
    await pool.end()
  }
}
