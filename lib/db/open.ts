import path from 'node:path'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { type Steps, silentSteps } from '@/lib/observability/steps'
import { migrate, unknownMigrations } from '@/prisma/migrate'
import { hasCluster } from './embedded/cluster'
import { type EmbeddedDatabase, openEmbedded } from './embedded/embedded'
import { checkExternal } from './external'
import { closePool } from './pool'

export interface Database {
  url: string
  /** The data directory, if an embedded database was created in it. */
  created?: string
  /** Stores the address of this site, for the error of a second site on the same embedded database. */
  announce(address: string): Promise<void>
  /**
   * Closes this process's connections, and stops the embedded server if no other process uses it.
   * @param hurry stops waiting when it aborts.
   */
  stop(hurry?: AbortSignal): Promise<void>
}

export interface OpenOptions {
  /** Reports progress; silent by default. */
  steps?: Steps
  /** Whether this process is the site. An embedded database has only one. */
  asSite?: boolean
  /** Whether to create a missing embedded database; otherwise that is an error. */
  create?: boolean
  /** Runs before the migrations. If it fails, the tables stay as the previous version needs them. */
  beforeMigrating?: () => Promise<void>
  /** Called if the embedded server dies and can't be restarted. */
  fail?: (error: unknown) => void
}

const never = new AbortController().signal

async function claim(embedded: EmbeddedDatabase): Promise<void> {
  const holder = await embedded.claimSite()
  if (holder === undefined) return
  throw new AppError(
    'conflict',
    `SyroMusic is already ${holder ? `running at ${holder}` : 'starting'}. Stop it first, or set SYRO_DATA_DIR to start another one.`,
  )
}

/** @throws AppError if a newer version migrated the database: this version does not know its tables. */
async function refuseNewer(url: string): Promise<void> {
  const unknown = await unknownMigrations(url)
  if (unknown.length === 0) return
  throw new AppError(
    'conflict',
    `The database was migrated by a newer SyroMusic (${unknown.join(', ')}). Start that version, or restore the backup made before the upgrade.`,
  )
}

/**
 * Connects to the database, or starts the embedded one, and applies migrations. It sets DATABASE_URL, so that `pool()`
 * and `db()` work in this process and its children.
 *
 * The site and every command call this first and `stop` last. They share one embedded server: the first process starts
 * it, and the last one stops it.
 * @throws AppError if the database is missing and `create` is not set, too old, of a newer version, or used by another site.
 */
export async function openDatabase(options: OpenOptions = {}): Promise<Database> {
  const { steps = silentSteps, asSite = false, create = asSite, beforeMigrating, fail = () => {} } = options
  const missing =
    env.DATABASE_URL || (await hasCluster(env.SYRO_DATA_DIR)) ? undefined : path.resolve(env.SYRO_DATA_DIR)
  if (missing && !create)
    throw new AppError(
      'not_found',
      `There is no database in ${missing}. Set SYRO_DATA_DIR to the directory of your site, or DATABASE_URL.`,
    )
  const embedded = env.DATABASE_URL
    ? undefined
    : await steps.step('Starting the database', () => openEmbedded(env.SYRO_DATA_DIR, steps, fail))
  const url = env.DATABASE_URL ?? embedded?.url ?? ''
  const stop = async (hurry: AbortSignal = never) => {
    await closePool(hurry)
    await embedded?.stop(hurry)
  }
  try {
    if (embedded && asSite) await claim(embedded)
    if (!embedded) await steps.step('Connecting to the database', () => checkExternal(url))
    await refuseNewer(url)
    if (beforeMigrating) {
      await beforeMigrating()
      await refuseNewer(url)
    }
    await steps.step('Applying migrations', () => migrate(url))
  } catch (error) {
    await stop()
    throw error
  }
  process.env.DATABASE_URL = url
  return {
    url,
    stop,
    announce: async (address) => embedded?.announce(address),
    ...(missing && { created: missing }),
  }
}
