import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { AppError } from '@/lib/errors'

const run = promisify(execFile)

const works = (program: string) =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  )

/** Debian's package starts a server of its own as a service; where it can't, or isn't needed, nothing is lost. */
const install = async (): Promise<void> => {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-q'], { env: environment })
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'redis-server'], { env: environment })
}

/**
 * A Redis server's program: the system's, or else one that is installed now.
 * @throws AppError when there is none and none can be had. No test is left out for want of a Redis.
 */
export async function findRedis(): Promise<string> {
  if (await works('redis-server')) return 'redis-server'
  if (process.getuid?.() === 0 && (await works('apt-get'))) {
    await install()
    if (await works('redis-server')) return 'redis-server'
  }
  throw new AppError(
    'unavailable',
    'The tests need a Redis server, and none could be found or installed. Install one (on Debian: apt-get install redis-server) and run them again.',
  )
}
