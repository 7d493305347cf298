import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openEmbedded } from '@/lib/db/embedded/embedded'
import { at, run } from '@/lib/db/testing/admin'
import { AppError } from '@/lib/errors'
import type { Lifetime } from '@/lib/lifetime'
import { silentSteps } from '@/lib/observability/steps'
import { migrate } from '@/prisma/migrate'
import { oncePer } from './once-per'

/** A PostgreSQL server for a benchmark, in a temporary directory. */
export type BenchServer = {
  /** The address for a superuser. */
  url: string
  /** For other temporary files of the benchmark. */
  directory: string
  /** Ends with the server. */
  lifetime: Lifetime
}

/** The disk space per song during an import: 1.5 kB in the end, and as much in staging tables. */
const BYTES_PER_SONG = 3_000
/** PostgreSQL itself, and its WAL, which grows to 4 GB before it is recycled. */
const BASE_BYTES = 1024 ** 3
const MAX_WAL_BYTES = 4 * 1024 ** 3

const inGB = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

/** @throws AppError if the disk has too little room for this many songs. */
export async function checkFreeSpace(songs: number, directory = tmpdir()): Promise<void> {
  const needed = songs * BYTES_PER_SONG + BASE_BYTES + Math.min(songs * BYTES_PER_SONG, MAX_WAL_BYTES)
  const { bavail, bsize } = await statfs(directory)
  if (bavail * bsize < needed)
    throw new AppError(
      'unavailable',
      `${songs.toLocaleString('en')} songs need ${inGB(needed)} in ${directory}, where ${inGB(bavail * bsize)} are free. Set TMPDIR to a larger disk.`,
    )
}

const startServer = oncePer(async (lifetime: Lifetime, parent: string): Promise<BenchServer> => {
  const directory = await mkdtemp(path.join(parent, 'syromusic-bench-'))
  lifetime.onEnd(() => rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  // As root, PostgreSQL runs as another user, who needs access.
  await chmod(directory, 0o755)
  const open = () => openEmbedded(directory, silentSteps, (error) => console.error(error))
  let opening = open()
  lifetime.onEnd(async () => {
    const server = await opening.catch(() => undefined)
    // Immediate shutdown: its files are removed next.
    await server?.stop(AbortSignal.abort())
  })
  const first = await opening
  // The extension is loaded at the server's start, so it starts twice.
  await run(first.url, `ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`)
  opening = first.stop(new AbortController().signal).then(open)
  return { url: (await opening).url, directory, lifetime }
})

/**
 * Starts the server with the settings of the site's own and `pg_stat_statements`, if the lifetime has none yet.
 * @throws AppError if the disk has too little room.
 */
export async function openServer(songs: number, lifetime: Lifetime): Promise<BenchServer> {
  await checkFreeSpace(songs)
  return startServer(lifetime, tmpdir())
}

/** Creates a migrated, empty database. @returns its address. */
export async function createDatabase(server: BenchServer, name: string): Promise<string> {
  await run(server.url, `CREATE DATABASE ${name}`)
  const url = at(server.url, name)
  await migrate(url)
  return url
}
