import { spawn } from 'node:child_process'
import path from 'node:path'

/**
 * Runs a command of `npm run syro` as a process, for work that would delay requests in this one.
 * @param root the directory of the site. @param signal ends the process. @returns when it has ended, with any exit code.
 */
export function runSyroProcess(root: string, words: string[], signal: AbortSignal): Promise<void> {
  const args = ['--import', 'tsx', path.join(root, 'bin/syro.ts'), ...words]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const end = () => child.kill()
  signal.addEventListener('abort', end, { once: true })
  return new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve())
  }).finally(() => signal.removeEventListener('abort', end))
}
