import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openEmbedded } from '@/lib/db/embedded/embedded'
import { at, run } from '@/lib/db/testing/admin'
import { AppError } from '@/lib/errors'
import type { Lifetime } from '@/lib/lifetime'
import { silentSteps } from '@/lib/observability/steps'
import { migrate } from '@/prisma/migrate'

/** A PostgreSQL for a benchmark, in a directory of its own that goes with it. */
export type BenchServer = {
  /** As a superuser. */
  url: string
  /** Of the benchmark: what else it has to put somewhere goes here. */
  directory: string
}

/** What a song and all that comes with it takes while it is imported: 1.5 kB in the end, as much again in staging tables. */
const BYTES_PER_SONG = 3_000
/** PostgreSQL itself, and its log of changes, which grows to 4 GB before it is used again. */
const BYTES_ANYWAY = 1024 ** 3
const MOST_LOG_BYTES = 4 * 1024 ** 3

const inGB = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

/** @throws AppError that says how much room is missing for so many songs. */
export async function checkRoom(songs: number, directory = tmpdir()): Promise<void> {
  const needed = songs * BYTES_PER_SONG + BYTES_ANYWAY + Math.min(songs * BYTES_PER_SONG, MOST_LOG_BYTES)
  const { bavail, bsize } = await statfs(directory)
  if (bavail * bsize < needed)
    throw new AppError(
      'unavailable',
      `${songs.toLocaleString('en')} songs need ${inGB(needed)} in ${directory}, where ${inGB(bavail * bsize)} are free. Set TMPDIR to a larger disk.`,
    )
}

/**
 * Starts it, with the settings that the site's own has; it counts statements (`pg_stat_statements`) beside.
 * @throws AppError where there is no room for the songs.
 */
export async function openServer(songs: number, lifetime: Lifetime): Promise<BenchServer> {
  await checkRoom(songs)
  const directory = await mkdtemp(path.join(tmpdir(), 'syromusic-bench-'))
  lifetime.onEnd(() => rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  // Root's PostgreSQL runs as another user, who has to get in.
  await chmod(directory, 0o755)
  const open = () => openEmbedded(directory, silentSteps, (error) => console.error(error))
  let opening = open()
  lifetime.onEnd(async () => {
    const server = await opening.catch(() => undefined)
    // At once: what it holds is removed next.
    await server?.stop(AbortSignal.abort())
  })
  const first = await opening
  // It is loaded at the start of the server, hence a second one.
  await run(first.url, `ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`)
  opening = first.stop(new AbortController().signal).then(open)
  return { url: (await opening).url, directory }
}

/** Makes a migrated, empty database. @returns its address. */
export async function createDatabase(server: BenchServer, name: string): Promise<string> {
  await run(server.url, `CREATE DATABASE ${name}`)
  const url = at(server.url, name)
  await migrate(url)
  return url
}
