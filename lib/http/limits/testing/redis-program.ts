import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { AppError } from '@/lib/errors'

const run = promisify(execFile)

const works = (program: string) =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  )

/** Debian's package also tries to start a Redis service; the tests do not need it. */
const install = async (): Promise<void> => {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-q'], { env: environment })
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'redis-server'], { env: environment })
}

/**
 * Finds the program of a Redis server, and installs it if necessary.
 * @throws AppError if that fails. Tests are never skipped because Redis is missing.
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
