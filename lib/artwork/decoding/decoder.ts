import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import { type DecodingTask, type ProcessingResult, Reply } from './messages'
import { leaveOneProcessor } from './processors'

/**
 * A path relative to the working directory, because a bundled module has another URL. It is joined at run time, so that
 * Next.js does not bundle the file.
 */
const program = () => ['lib', 'artwork', 'decoding', 'child.ts'].join(path.sep)
/** A process starts in a few tenths of a second; much slower on a busy machine. */
const START_TIMEOUT_MS = 60_000
/** An idle process holds 100 MiB, so it ends after this time. */
const IDLE_MS = 10_000

/** The child's environment, without secrets. glibc keeps memory per arena; two are enough. */
const environment = () => ({
  PATH: process.env.PATH,
  TMPDIR: process.env.TMPDIR,
  NODE_ENV: process.env.NODE_ENV,
  MALLOC_ARENA_MAX: '2',
})

export type DecoderOptions = {
  /** Per picture: CPU time and wall-clock timeout, in ms. */
  maxCpuMs: number
  maxWaitMs: number
  /** Whether it leaves one processor free. */
  leavesOne: boolean
  /** The process's priority, as in `os.setPriority`. */
  priority: number
}

/** Owns a decoding process, which it starts on demand and replaces after it ended. */
export class Decoder {
  private child: ChildProcess | undefined
  private idle: NodeJS.Timeout | undefined

  constructor(private readonly options: DecoderOptions) {}

  /**
   * Makes the variants of one picture. Must not be called while it makes another.
   * @returns them, or the reason for the refusal. @throws when `signal` aborts, or if no process can be started.
   */
  async processPicture(task: DecodingTask, signal?: AbortSignal): Promise<ProcessingResult> {
    const outcome = await this.tryOnce(task, signal)
    // Memory left by other pictures may have exceeded the limit: retry in a fresh process.
    return 'mayFitAfterRestart' in outcome && outcome.mayFitAfterRestart ? this.tryOnce(task, signal) : outcome
  }

  private async tryOnce(task: DecodingTask, signal?: AbortSignal): Promise<ProcessingResult> {
    signal?.throwIfAborted()
    clearTimeout(this.idle)
    const child = await this.begin()
    keepAlive(child, true)
    try {
      signal?.throwIfAborted()
      const outcome = await outcomeOf(child, task, this.options.maxWaitMs, signal)
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

  /** Kills the process. */
  end(): void {
    clearTimeout(this.idle)
    this.child?.kill('SIGKILL')
    this.child = undefined
  }

  private async begin(): Promise<ChildProcess> {
    if (this.child?.connected) return this.child
    const args = [this.options.maxCpuMs, this.options.priority].map(String)
    const child = spawn(process.execPath, ['--import', 'tsx', '--max-old-space-size=96', program(), ...args], {
      env: environment(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const stop = AbortSignal.timeout(START_TIMEOUT_MS)
    const ended = once(child, 'exit', { signal: stop }).then(([code]) => {
      throw new Error(`The process ended at once (${code})`)
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

/** Whether the child keeps this process alive. */
function keepAlive(child: ChildProcess, isWorking: boolean): void {
  const way = isWorking ? 'ref' : 'unref'
  child[way]()
  child.channel?.[way]()
}

function outcomeOf(
  child: ChildProcess,
  task: DecodingTask,
  maxWaitMs: number,
  signal?: AbortSignal,
): Promise<ProcessingResult> {
  const over = new AbortController()
  const answered = new Promise<ProcessingResult>((resolve, reject) => {
    const refuse = (refused: string) => resolve({ refused, isLast: true })
    const timer = setTimeout(() => refuse(`Decoding it took more than ${maxWaitMs / 1000} s.`), maxWaitMs)
    const onMessage = (message: unknown) => {
      const reply = Reply.safeParse(message)
      if (!reply.success) reject(reply.error)
      else if (reply.data !== 'ready') resolve(reply.data)
    }
    const onExit = () => refuse(`Its decoder crashed (${child.signalCode ?? child.exitCode}).`)
    child.on('message', onMessage).on('exit', onExit)
    over.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
    })
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: over.signal })
    child.send(task, (error) => {
      if (error) onExit()
    })
  })
  return answered.finally(() => over.abort())
}
