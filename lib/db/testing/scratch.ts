import { rmSync } from 'node:fs'
import { chmod, mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const GiB = 1024 ** 3

/** A file system in memory, which most Linux systems have; containers may have a small one. */
const MEMORY = '/dev/shm'
/** What all tests at a time put on it at most (the benchmarks do), several times over. */
const ROOM = 4 * GiB

async function hasRoom(): Promise<boolean> {
  const system = await statfs(MEMORY).catch(() => undefined)
  return !!system && system.bavail * system.bsize > ROOM && process.availableMemory() > 2 * ROOM
}

/** What was made, to be removed where a test run is broken off: on a disk it would be litter, in memory it is a loss. */
const made = new Set<string>()
process.once('exit', () => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

/**
 * An empty directory for what a test makes, which root's PostgreSQL can get into as well. It is in memory where there is
 * room: a test database is some hundred files that come and go, and to make one on a disk (ext4, which takes care not to
 * give a number that was just free to the next file) takes 0.6 s of the processor, in memory 0.1 s.
 * Whoever made it removes it; the end of the process does where that was not done.
 * @param name what it is for.
 */
export async function makeScratch(name: string): Promise<string> {
  const base = (await hasRoom()) ? MEMORY : tmpdir()
  const directory = await mkdtemp(path.join(base, `syromusic-${name}-`))
  made.add(directory)
  await chmod(directory, 0o755)
  return directory
}
