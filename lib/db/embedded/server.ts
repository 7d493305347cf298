import { spawn } from 'node:child_process'
import { open, readFile, rename } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { serverEnvironment } from './account'
import type { Cluster } from './cluster'
import { explain } from './faults'
import { findPostmaster, isPostmaster, type Postmaster } from './postmaster'
import { serverSettings } from './settings'

/** The polling interval of the lock file. */
const POLL_MS = 20
/** The time limit of a fast shutdown, which writes all changed pages. After it, the next start replays the log. */
const STOP_TIMEOUT_MS = 3_000
/** The processes of a killed server notice it when they next wait for something. */
const OLD_PROCESSES_TIMEOUT_MS = 30_000
const OLD_PROCESSES = /pre-existing shared memory block/

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * Starts the program and waits until the server accepts connections.
 * @returns the program's output if it ended, and undefined if it runs.
 */
async function launch({ data, log, account, binaries }: Cluster, port: number): Promise<string | undefined> {
  const settings = Object.entries(await serverSettings(port)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // The previous log is kept.
  await rename(log, `${log}.1`).catch(() => {})
  const output = await open(log, 'a', 0o600)
  try {
    // In its own process group: Ctrl-C in a terminal signals the whole group, but the site must end first.
    const child = spawn(binaries.postgres, ['-D', data, ...settings], {
      ...account,
      cwd: data,
      env: serverEnvironment,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    })
    child.unref()
    let failure: Error | undefined
    let ended = false
    child.once('error', (error) => {
      failure = error
    })
    child.once('exit', () => {
      ended = true
    })
    for (;;) {
      if (failure) throw failure
      if ((await findPostmaster(data))?.ready) return undefined
      if (ended) return await readFile(log, 'utf8')
      await delay(POLL_MS)
    }
  } finally {
    await output.close()
  }
}

/**
 * The running server of the cluster, or a new one on `port`.
 * @throws AppError with PostgreSQL's own reason if it does not start.
 */
export async function ensureServer(cluster: Cluster, port: number): Promise<Postmaster> {
  const started = performance.now()
  for (;;) {
    const running = await findPostmaster(cluster.data)
    if (running?.ready) return running
    const output = running ? undefined : await launch(cluster, port)
    // If another process was faster, ours ended because of it.
    if (output !== undefined && !(await findPostmaster(cluster.data))) {
      const waiting = OLD_PROCESSES.test(output) && performance.now() - started < OLD_PROCESSES_TIMEOUT_MS
      if (!waiting) throw explain('start', cluster.data, output)
    }
    await delay(POLL_MS)
  }
}

/** Stops the server and waits for its end. After the timeout, or if `hurry` aborts, it stops at once and recovers later. */
export async function stopServer({ data }: Cluster, { pid }: Postmaster, hurry: AbortSignal): Promise<void> {
  const started = performance.now()
  let sent: NodeJS.Signals | undefined
  while (await isPostmaster(pid, data)) {
    const signal = hurry.aborted || performance.now() - started > STOP_TIMEOUT_MS ? 'SIGQUIT' : 'SIGINT'
    if (signal !== sent) process.kill(pid, signal)
    sent = signal
    await delay(POLL_MS)
  }
}
