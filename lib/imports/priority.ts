import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import os from 'node:os'
import type pg from 'pg'

/**
 * Visitors of the site go first: an import takes the CPU time that is left. Each step above the default, 0, costs a fifth
 * of the share, so that 10 leaves a tenth on a busy machine (Linux, sched_prio_to_weight).
 */
const NICE = 10

/** Lowers the priority of this process. For a process that does nothing but import. */
export function lowerPriority(): void {
  setPriority(0)
}

/**
 * Lowers the priority of the PostgreSQL process that serves this connection, which does most of an import. It must run
 * on this machine: its title then has the connection's port.
 */
export async function lowerPriorityInDatabase(client: pg.Client): Promise<void> {
  const pid: unknown = Reflect.get(client, 'processID')
  const { stream } = client.connection
  const port = stream instanceof Socket ? stream.localPort : undefined
  if (typeof pid !== 'number' || port === undefined) return
  const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (title.startsWith('postgres:') && title.includes(`(${port})`)) setPriority(pid)
}

function setPriority(pid: number): void {
  try {
    os.setPriority(pid, NICE)
  } catch {
    // The process belongs to another user or has ended.
  }
}
