import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import { type Order, type Outcome, Reply } from './messages'
import { leaveOneProcessor } from './processors'

/** A process that makes variants, one picture after the other. It is made when it is needed, and anew when it was ended. */

/**
 * By its path, for in the bundle that Next.js makes nobody is where they were: every way in starts in the site's folder.
 * Next.js looks for files that a process is started with, and takes them into the bundle; this one it can't work out.
 */
const program = () => ['lib', 'artwork', 'making', 'child.ts'].join(path.sep)
/** A process takes some tenths of a second to begin; on a machine that is busy, longer. */
const BEGIN_WITHIN_MS = 60_000
/** An idle process is 100 MiB: it goes when nothing comes for so long. */
const IDLE_MS = 10_000

/** What it is given of our environment. glibc keeps memory for each thread; two are enough. */
const environment = () => ({
  PATH: process.env.PATH,
  TMPDIR: process.env.TMPDIR,
  NODE_ENV: process.env.NODE_ENV,
  MALLOC_ARENA_MAX: '2',
})

export type MakerOptions = {
  /** For a picture: of a processor, and by the clock, in ms. */
  mostCpuMs: number
  mostWaitMs: number
  /** Whether it keeps off a processor, for others to have it at once. */
  leavesOne: boolean
}

export class Maker {
  private child: ChildProcess | undefined
  private idle: NodeJS.Timeout | undefined

  constructor(private readonly options: MakerOptions) {}

  /**
   * Makes the variants of one picture; not to be called while it makes another.
   * @returns them, or why there are none. @throws when it is told to stop, or where no process can be had.
   */
  async make(order: Order, signal?: AbortSignal): Promise<Outcome> {
    const outcome = await this.makeOnce(order, signal)
    // What other pictures have left in the process is no fault of this one.
    return 'mayFit' in outcome && outcome.mayFit ? this.makeOnce(order, signal) : outcome
  }

  private async makeOnce(order: Order, signal?: AbortSignal): Promise<Outcome> {
    signal?.throwIfAborted()
    clearTimeout(this.idle)
    const child = await this.begin()
    keepAlive(child, true)
    try {
      signal?.throwIfAborted()
      const outcome = await outcomeOf(child, order, this.options.mostWaitMs, signal)
      if (outcome.isLast) this.end()
      return outcome
    } catch (error) {
      this.end()
      throw error
    } finally {
      keepAlive(child, false)
      this.idle = setTimeout(() => this.end(), IDLE_MS).unref()
    }
  }

  /** Ends the process, whatever it does. */
  end(): void {
    clearTimeout(this.idle)
    this.child?.kill('SIGKILL')
    this.child = undefined
  }

  private async begin(): Promise<ChildProcess> {
    if (this.child?.connected) return this.child
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--max-old-space-size=96', program(), `${this.options.mostCpuMs}`],
      {
        env: environment(),
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    )
    const stop = AbortSignal.timeout(BEGIN_WITHIN_MS)
    const ended = once(child, 'exit', { signal: stop }).then(([code]) => {
      throw new Error(`It ended at once (${code})`)
    })
    try {
      await Promise.race([once(child, 'message', { signal: stop }), ended])
    } catch (error) {
      child.kill('SIGKILL')
      throw new AppError('unavailable', 'The process that decodes pictures can’t be started.', { cause: error })
    }
    ended.catch(() => {})
    if (this.options.leavesOne && child.pid !== undefined) await leaveOneProcessor(child.pid)
    this.child = child
    return child
  }
}

/** Whether our process goes on for it. */
function keepAlive(child: ChildProcess, isWorking: boolean): void {
  const way = isWorking ? 'ref' : 'unref'
  child[way]()
  child.channel?.[way]()
}

function outcomeOf(child: ChildProcess, order: Order, mostWaitMs: number, signal?: AbortSignal): Promise<Outcome> {
  const over = new AbortController()
  const answered = new Promise<Outcome>((resolve, reject) => {
    const refuse = (refused: string) => resolve({ refused, isLast: true })
    const timer = setTimeout(() => refuse(`It is not decoded within ${mostWaitMs / 1000} s.`), mostWaitMs)
    const onMessage = (message: unknown) => {
      const reply = Reply.safeParse(message)
      if (!reply.success) reject(reply.error)
      else if (reply.data !== 'ready') resolve(reply.data)
    }
    const onExit = () => refuse(`It ends the program that decodes it (${child.signalCode ?? child.exitCode}).`)
    child.on('message', onMessage).on('exit', onExit)
    over.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
    })
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: over.signal })
    child.send(order, (error) => {
      if (error) onExit()
    })
  })
  return answered.finally(() => over.abort())
}
