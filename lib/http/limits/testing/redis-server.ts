import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@/lib/db/embedded/server'
import { findRedis } from './redis-program'

/** A real Redis that keeps nothing on disk, which can be made slow and be killed. */
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

  /** It takes what it is sent, and answers nothing. */
  pause(): void {
    this.child.kill('SIGSTOP')
  }

  /** It answers what it was sent meanwhile. */
  resume(): void {
    this.child.kill('SIGCONT')
  }

  /** It is gone, with all it knew. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await gone
  }

  /** It is back at the same address, and knows nothing. */
  async restart(): Promise<void> {
    await this.kill()
    this.child = await launch(this.program, this.port)
  }
}

async function launch(program: string, port: number): Promise<ChildProcess> {
  const child = spawn(program, ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // It must not outlive a test run that is broken off.
  const stop = () => child.kill('SIGKILL')
  process.once('exit', stop)
  child.once('exit', () => process.off('exit', stop))
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`Redis did not start:\n${said}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('Ready to accept connections')) resolve()
    })
  })
  return child
}
