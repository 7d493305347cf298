import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '@/lib/errors'
import { consoleSteps } from '@/lib/observability/steps'
import { build, isBuilt } from '@/lib/server/build'

/** `npm run build`: builds the site if the sources are newer than the build. Needs no database. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const stop = new AbortController()
// Under npm, Ctrl-C arrives twice; the second must not end the process before the build has ended.
process.on('SIGINT', () => stop.abort()).on('SIGTERM', () => stop.abort())

try {
  if (await isBuilt(root)) consoleSteps.say('The site is built from the sources as they are')
  else await consoleSteps.step('Building the site', () => build(root, stop.signal))
} catch (error) {
  process.exitCode = 1
  if (!stop.signal.aborted) console.error(error instanceof AppError ? error.message : error)
}
