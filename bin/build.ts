import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '@/lib/errors'
import { consoleSteps } from '@/lib/observability/steps'
import { build, isBuilt } from '@/lib/server/build'

/** `npm run build`: what a start does when the sources are newer than the build. It needs no database. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const stop = new AbortController()
// Ctrl-C comes twice under npm; the second must not end the process while the build is ending.
process.on('SIGINT', () => stop.abort()).on('SIGTERM', () => stop.abort())

try {
  if (await isBuilt(root)) consoleSteps.say('The site is built from the sources as they are')
  else await consoleSteps.step('Building the site', () => build(root, stop.signal))
} catch (error) {
  process.exitCode = 1
  if (!stop.signal.aborted) console.error(error instanceof AppError ? error.message : error)
}
