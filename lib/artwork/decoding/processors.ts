import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * The numbers of the processors that a process may use: "Cpus_allowed_list" of proc_pid_status(5), such as "0-3,8".
 * @returns an empty list if there is no such file.
 */
export async function processorsOf(pid: number | 'self'): Promise<number[]> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? ''
  return list
    .split(',')
    .filter(Boolean)
    .flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number)
      return Array.from({ length: to - from + 1 }, (_, place) => from + place)
    })
}

/**
 * Keeps a process and its threads off our first processor. Requests are answered there at once; on a processor shared with
 * a busy process they wait for a scheduler tick (4 ms), whatever its priority.
 * Does nothing if there is no other processor or no `taskset` (util-linux, BusyBox).
 */
export async function leaveOneProcessor(pid: number): Promise<void> {
  const [, ...others] = await processorsOf('self')
  if (others.length === 0) return
  await promisify(execFile)('taskset', ['-a', '-c', '-p', others.join(','), `${pid}`]).catch(() => {})
}
