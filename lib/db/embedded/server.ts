import { spawn } from 'node:child_process'
import { open, readFile, rename } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { serverEnvironment } from './account'
import type { Cluster } from './cluster'
import { explain } from './faults'
import { findPostmaster, isPostmaster, type Postmaster } from './postmaster'
import { serverSettings } from './settings'

/** How often a state that PostgreSQL tells only by its lock file is looked at. */
const LOOK_AGAIN_MS = 20
/** A fast shutdown writes all changed pages. What is not written by then is replayed from the log at the next start. */
const STOP_WITHIN_MS = 3_000
/** The processes of a server that was killed notice it when they next wait for something. */
const OLD_PROCESSES_GONE_WITHIN_MS = 30_000
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
 * Starts the program and waits until the server takes connections.
 * @returns what it wrote, when it ended instead; nothing when it runs.
 */
async function launch({ data, log, account, binaries }: Cluster, port: number): Promise<string | undefined> {
  const settings = Object.entries(await serverSettings(port)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Of the log of the time before, one is kept.
  await rename(log, `${log}.1`).catch(() => {})
  const output = await open(log, 'a', 0o600)
  try {
    // In a process group of its own: Ctrl-C in a terminal goes to a whole group, and the site must end first.
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
      await delay(LOOK_AGAIN_MS)
    }
  } finally {
    await output.close()
  }
}

/**
 * The server on the cluster: the one that runs, or else a new one on `port`.
 * @throws AppError with PostgreSQL's own reason when it does not start.
 */
export async function ensureServer(cluster: Cluster, port: number): Promise<Postmaster> {
  const started = performance.now()
  for (;;) {
    const running = await findPostmaster(cluster.data)
    if (running?.ready) return running
    const output = running ? undefined : await launch(cluster, port)
    // Another start may have been faster, and then ours gave way to it.
    if (output !== undefined && !(await findPostmaster(cluster.data))) {
      const waiting = OLD_PROCESSES.test(output) && performance.now() - started < OLD_PROCESSES_GONE_WITHIN_MS
      if (!waiting) throw explain('start', cluster.data, output)
    }
    await delay(LOOK_AGAIN_MS)
  }
}

/** Stops the server and waits until it has gone: at once when `hurry` is given or the time is up, and recoverably then. */
export async function stopServer({ data }: Cluster, { pid }: Postmaster, hurry: AbortSignal): Promise<void> {
  const started = performance.now()
  let sent: NodeJS.Signals | undefined
  while (await isPostmaster(pid, data)) {
    const signal = hurry.aborted || performance.now() - started > STOP_WITHIN_MS ? 'SIGQUIT' : 'SIGINT'
    if (signal !== sent) process.kill(pid, signal)
    sent = signal
    await delay(LOOK_AGAIN_MS)
  }
}
