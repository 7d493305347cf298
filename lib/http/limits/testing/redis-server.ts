import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@/lib/db/embedded/server'
import { findRedis } from './redis-program'

/** A real Redis server without persistence, which tests can pause, kill and restart. */
export class RedisServer {
  private constructor(
    private readonly program: string,
    private readonly port: number,
    private child: ChildProcess,
  ) {}

  static async start(): Promise<RedisServer> {
    const program = await findRedis()
    const port = await freePort()
    return new RedisServer(program, port, await launch(program, port))
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Stops it: it accepts commands and does not answer. */
  pause(): void {
    this.child.kill('SIGSTOP')
  }

  /** Continues it: it answers the commands that have come meanwhile. */
  resume(): void {
    this.child.kill('SIGCONT')
  }

  /** Kills it with all its data. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const exited = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await exited
  }

  /** Starts it again at the same address, without data. */
  async restart(): Promise<void> {
    await this.kill()
    this.child = await launch(this.program, this.port)
  }
}

async function launch(program: string, port: number): Promise<ChildProcess> {
  const child = spawn(program, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // The server must not outlive an aborted test run.
  const stop = () => child.kill('SIGKILL')
  process.once('exit', stop)
  child.once('exit', () => process.off('exit', stop))
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`Redis did not start:\n${output}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes('Ready to accept connections')) resolve()
    })
  })
  return child
}
