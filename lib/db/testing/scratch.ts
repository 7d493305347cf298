import { rmSync } from 'node:fs'
import { chmod, mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const GiB = 1024 ** 3

/** The file system in memory of most Linux systems, which may be small in containers. */
const MEMORY = '/dev/shm'
/** Several times the space that tests and benchmarks use at once. */
const MIN_FREE = 4 * GiB

async function hasRoom(): Promise<boolean> {
  const system = await statfs(MEMORY).catch(() => undefined)
  return !!system && system.bavail * system.bsize > MIN_FREE && process.availableMemory() > 2 * MIN_FREE
}

/** The directories to remove if the test run is interrupted. */
const folders = new Set<string>()
process.once('exit', () => {
  for (const directory of folders) rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

/**
 * Creates an empty directory, which the user of root's PostgreSQL can enter too. It is in memory if there is room: a test
 * database has hundreds of files, which cost 0.6 s of CPU on ext4 and 0.1 s in memory.
 * The caller removes it; otherwise the end of the process does.
 * @param name its purpose.
 */
export async function makeScratch(name: string): Promise<string> {
  const base = (await hasRoom()) ? MEMORY : tmpdir()
  const directory = await mkdtemp(path.join(base, `syromusic-${name}-`))
  folders.add(directory)
  await chmod(directory, 0o755)
  return directory
}
