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
  /** The data directory in which an embedded database was made, where there was none. */
  created?: string
  /** Lets a second start on the same embedded database say where the first one is. */
  announce(address: string): Promise<void>
  /**
   * Closes this process's connections, and the embedded server if nobody else uses it.
   * @param hurry stops waiting for anything.
   */
  stop(hurry?: AbortSignal): Promise<void>
}

export interface OpenOptions {
  /** Who is told what happens; nobody by default. */
  steps?: Steps
  /** Whether this process is going to be the site. There is only one on an embedded database. */
  asSite?: boolean
  /** Whether to make an embedded database where there is none; an error otherwise. */
  create?: boolean
  /** Done when the database is there, before its tables change: what fails here leaves them to the version before. */
  beforeMigrating?: () => Promise<void>
  /** Called when the embedded server dies and can't be started again. */
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

/** @throws AppError when a newer version migrated the database: this code does not know its tables. */
async function refuseNewer(url: string): Promise<void> {
  const unknown = await unknownMigrations(url)
  if (unknown.length === 0) return
  throw new AppError(
    'conflict',
    `The database was migrated by a newer SyroMusic (${unknown.join(', ')}). Start that version, or restore the backup made before the upgrade.`,
  )
}

/**
 * Finds the database, or starts the embedded one, and brings its tables up to date. From then on `pool()` and `db()`
 * work, in this process and in those it starts: it sets DATABASE_URL.
 *
 * The site and every command call this first and `stop` last. They share one embedded server; whoever comes first
 * starts it and whoever leaves last stops it.
 * @throws AppError, in a sentence, when there is none and none is to be made, it is too old, a newer version migrated it, or a site uses it
 * already.
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
    await steps.step('Bringing its tables up to date', () => migrate(url))
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
