import { readFileSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '@/lib/db/embedded/embedded'
import { silentSteps } from '@/lib/observability/steps'
import { migrate } from '@/prisma/migrate'
import { at, run, TEMPLATE } from './admin'
import { makeScratch } from './scratch'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address of the test run's PostgreSQL. */
    testServer: string
  }
}

/** Kills a server and deletes its data. */
function discard(dataDir: string): void {
  try {
    process.kill(
      Number.parseInt(readFileSync(path.join(dataDir, 'postgres/data/postmaster.pid'), 'utf8'), 10),
      'SIGQUIT',
    )
  } catch {
    // The server is not running.
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** Starts a PostgreSQL for one test run, with a migrated database to copy. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await makeScratch('test')
  // Vitest skips the teardown when it is terminated.
  process.once('exit', () => discard(dataDir))
  const server = await openEmbedded(dataDir, silentSteps, (error) => console.error(error))
  // No data outlives the run, so nothing needs to be safe from a power cut.
  await run(server.url, 'ALTER SYSTEM SET fsync = off')
  await run(server.url, 'SELECT pg_reload_conf()')
  await run(server.url, `CREATE DATABASE ${TEMPLATE}`)
  await migrate(at(server.url, TEMPLATE))
  project.provide('testServer', server.url)
  return async () => {
    await server.stop(AbortSignal.abort())
    await rm(dataDir, { recursive: true, force: true })
  }
}
