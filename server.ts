import path from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The process that listens: `npm start`, and `npm run dev` with hot reload. It starts the database, builds the site if
 * need be, and hands every request to Next.js.
 */
const dev = process.argv[2] === 'dev'
// React and Next.js read these as they load, so they are set before anything that loads them.
process.env.NEXT_TELEMETRY_DISABLED = '1'
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })

const { boundHeap } = await import('@/lib/server/heap')
boundHeap()
const { keepTicksQuick } = await import('@/lib/server/ticks')
keepTicksQuick()

const { Lifetime } = await import('@/lib/lifetime')
const lifetime = new Lifetime()
lifetime.endOnSignals()
try {
  const { start } = await import('@/lib/server/start')
  const { consoleSteps } = await import('@/lib/observability/steps')
  const root = path.dirname(fileURLToPath(import.meta.url))
  const address = await start(root, dev, lifetime, consoleSteps)
  consoleSteps.say(`SyroMusic is at ${address}`)
} catch (error) {
  // When the process is asked to end, the start fails because its resources are closed; that is not an error.
  if (!lifetime.isEnding) {
    const { AppError } = await import('@/lib/errors')
    console.error(error instanceof AppError ? error.message : error)
    await lifetime.end(1)
  }
}
