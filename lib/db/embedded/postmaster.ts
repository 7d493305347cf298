import { execFile } from 'node:child_process'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/**
 * A running server, read from its lock file `postmaster.pid`. PostgreSQL creates the file at start and removes it when it
 * stops; after a power failure or a `kill -9` the file is stale.
 */
export interface Postmaster {
  pid: number
  port: number
  /** Whether it accepts connections. It may still be starting, or replaying its log. */
  ready: boolean
}

const run = promisify(execFile)

/** PostgreSQL fills the file right after creating it. A file that stays empty is left from a crash. */
const FILL_TIMEOUT_MS = 10_000

/** Whether a process with this id exists, of any user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The command line of a process; empty if it does not exist, or is a zombie. */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux')
    return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (text) => text.replaceAll('\0', ' '),
      () => '',
    )
  return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  )
}

/** Whether a process is the server of the data directory, which is in its command line. */
export async function isPostmaster(pid: number, data: string): Promise<boolean> {
  const command = await commandOf(pid)
  return command.includes('postgres') && command.includes(data)
}

/**
 * The server of the data directory. A stale lock file is neutralised.
 * @param now milliseconds since the epoch.
 */
export async function findPostmaster(data: string, now: number = Date.now()): Promise<Postmaster | undefined> {
  const file = path.join(data, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const [pid, , , port, , , , status] = text.split('\n')
  if (!Number(pid)) {
    const { mtimeMs } = await stat(file)
    if (now - mtimeMs > FILL_TIMEOUT_MS) await rm(file, { force: true })
    return undefined
  }
  // Another program may have the process id now.
  if (await isPostmaster(Number(pid), data))
    return { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' }
  // PostgreSQL refuses to start while a process with this id is alive, unless it is its own parent. The rest of the file
  // stays: with it PostgreSQL checks whether old backends still use the shared memory.
  if (isAlive(Number(pid)) && Number(pid) !== process.pid)
    await writeFile(file, text.replace(/^\d+/, String(process.pid)))
  return undefined
}
