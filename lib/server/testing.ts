import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isPostmaster } from '@/lib/db/embedded/postmaster'
import { makeScratch } from '@/lib/db/testing/scratch'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A new data directory. */
export const makeDataDir = (): Promise<string> => makeScratch('site')

/** Removes a data directory, and stops the PostgreSQL that a killed site has left running. */
export async function removeDataDir(dir: string): Promise<void> {
  const left = await postmasterIn(dir).catch(() => undefined)
  if (left && (await isRunningIn(dir, left.pid))) process.kill(left.pid, 'SIGKILL')
  await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** A site in its own process, as `npm start` runs it. */
export class Site {
  output = ''
  private readonly waiting = new Set<() => void>()
  private readonly ended: Promise<number | null>

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
        for (const look of this.waiting) look()
      })
    // The site must not outlive an aborted test run.
    const stop = () => child.kill('SIGTERM')
    process.once('exit', stop)
    this.ended = new Promise((resolve) =>
      child.once('close', (code) => {
        process.off('exit', stop)
        resolve(code)
      }),
    )
  }

  /**
   * @param environment added to that of an empty catalogue on a free port.
   * @param by npm, as users start it, or node directly.
   */
  static start(dataDir: string, environment: Record<string, string> = {}, by: 'npm' | 'node' = 'node'): Site {
    const [program, args] = by === 'npm' ? ['npm', ['start']] : [process.execPath, ['--import', 'tsx', 'server.ts']]
    const child = spawn(program, args, {
      cwd: root,
      env: {
        NODE_ENV: 'production',
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        SYRO_DEMO: '0',
        SYRO_DATA_DIR: dataDir,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new Site(child)
  }

  /** The id of its process. */
  get pid(): number {
    return this.child.pid ?? 0
  }

  /** Waits for the exit. @returns the exit code; null if a signal ended the process. */
  exit(): Promise<number | null> {
    return this.ended
  }

  /** Waits until the output has `pattern`. @throws with the complete output if the process ends without it. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const printed = new Promise<RegExpExecArray>((resolve) => {
      const look = () => {
        const match = pattern.exec(this.output)
        if (match) resolve(match)
      }
      this.waiting.add(look)
      look()
    })
    const ended = this.ended.then((code) => {
      const match = pattern.exec(this.output)
      if (match) return match
      throw new Error(`It ended with ${code} and never said ${pattern}:\n${this.output}`)
    })
    return Promise.race([printed, ended])
  }

  /** Waits until the site answers. @returns its address. */
  async address(): Promise<string> {
    const [, address = ''] = await this.says(/SyroMusic is at (\S+)/)
    return address
  }

  /** Sends a signal to stop. @returns the exit code and the time taken, in ms. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; ms: number }> {
    const started = performance.now()
    this.child.kill(signal)
    return { code: await this.ended, ms: performance.now() - started }
  }
}

export const clusterIn = (dataDir: string) => path.join(dataDir, 'postgres/data')
const lockFileIn = (dataDir: string) => path.join(clusterIn(dataDir), 'postmaster.pid')

/** The postmaster of a site's PostgreSQL, the last of its processes to end, and its port. */
export async function postmasterIn(dataDir: string): Promise<{ pid: number; port: number }> {
  const [pid, , , port] = (await readFile(lockFileIn(dataDir), 'utf8')).split('\n').map(Number)
  if (!pid || !port) throw new Error(`${lockFileIn(dataDir)} names no process`)
  return { pid, port }
}

export const isRunningIn = (dataDir: string, pid: number) => isPostmaster(pid, clusterIn(dataDir))
