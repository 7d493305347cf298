import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import os from 'node:os'
import type pg from 'pg'

/**
 * Who visits the site goes first: an import takes the processor time that is left. Between 0, as processes begin, and 19;
 * each step gives way by a quarter, so this one has a tenth of the time where others want all of it (Linux,
 * sched_prio_to_weight).
 */
const GIVING_WAY = 10

/** Has this process give way to all others. For a process that does nothing but import. */
export function giveWay(): void {
  setPriority(0)
}

/**
 * Has PostgreSQL's process for this connection give way too, where it runs on this machine and says so by its title,
 * which ends in the port that the connection comes from. Most of an import is its work.
 */
export async function giveWayInDatabase(client: pg.Client): Promise<void> {
  const pid: unknown = Reflect.get(client, 'processID')
  const { stream } = client.connection
  const port = stream instanceof Socket ? stream.localPort : undefined
  if (typeof pid !== 'number' || port === undefined) return
  const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (title.startsWith('postgres:') && title.includes(`(${port})`)) setPriority(pid)
}

function setPriority(pid: number): void {
  try {
    os.setPriority(pid, GIVING_WAY)
  } catch {
    // It belongs to another user, or has ended. An import is right at any priority.
  }
}
