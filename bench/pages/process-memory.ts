import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The memory of a process in MiB: current and, if the system has it, peak. */
export async function memoryOf(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined)
  const kiB = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status ?? '')?.[1])
  if (status) return { now: kiB('VmRSS') / 1_024, peak: kiB('VmHWM') / 1_024 }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return { now: Number(stdout) / 1_024, peak: Number(stdout) / 1_024 }
}
