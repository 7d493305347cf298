import { execFile } from 'node:child_process'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/**
 * A running server as its lock file, `postmaster.pid`, tells it. PostgreSQL writes the file as it comes up and removes it
 * when it has gone; after a power cut or a `kill -9` it lies about a server that is no more.
 */
export interface Postmaster {
  pid: number
  port: number
  /** Whether it takes connections: it may still be coming up, or replaying its log. */
  ready: boolean
}

const run = promisify(execFile)

/** PostgreSQL fills the file in the moment it makes it. One that is empty for longer is left from a crash. */
const FILLED_WITHIN_MS = 10_000

/** Whether there is a process of this number, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The command line of a process; empty when there is none, or it has ended and nobody has asked how. */
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

/** Whether this process is the server of the data directory, which is on its command line. */
export async function isPostmaster(pid: number, data: string): Promise<boolean> {
  const command = await commandOf(pid)
  return command.includes('postgres') && command.includes(data)
}

/**
 * The server that runs on the data directory. A lock file that no server stands behind is put out of the way.
 * @param now milliseconds since the epoch.
 */
export async function findPostmaster(data: string, now: number = Date.now()): Promise<Postmaster | undefined> {
  const file = path.join(data, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const [pid, , , port, , , , status] = text.split('\n')
  if (!Number(pid)) {
    const { mtimeMs } = await stat(file)
    if (now - mtimeMs > FILLED_WITHIN_MS) await rm(file, { force: true })
    return undefined
  }
  // The number may meanwhile be another program's.
  if (await isPostmaster(Number(pid), data))
    return { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' }
  // PostgreSQL refuses to start while the process named is alive, whatever it is, unless it is its own parent. The rest
  // of the file stays: from it PostgreSQL sees whether old backends still hold the shared memory.
  if (isAlive(Number(pid)) && Number(pid) !== process.pid)
    await writeFile(file, text.replace(/^\d+/, String(process.pid)))
  return undefined
}
