import process from 'node:process'
import { SAME_SIGNAL_MS } from '@/lib/lifetime'
import type { Shell } from '@/lib/shell'

/** The command line as a process: signals, streams, the database and the exit code. */

// The environment is read first, so that an invalid variable is reported in one sentence.
try {
  await import('@/lib/env')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

const FAILED = 1
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/** The first Ctrl-C lets a command undo its work; the second ends the process at once. */
const interrupt = new AbortController()
let signalExitCode: number | undefined
let interruptedAt = 0
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (signalExitCode !== undefined) {
      if (performance.now() - interruptedAt > SAME_SIGNAL_MS) process.exit(exitCodes[signal])
      return
    }
    signalExitCode = exitCodes[signal]
    interruptedAt = performance.now()
    interrupt.abort()
  })

// The reader of the output may stop early: `syro export ndjson | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(FAILED)
})

const inDatabase: Shell['inDatabase'] = async (work, { create = false } = {}) => {
  const { openDatabase } = await import('@/lib/db/open')
  const database = await openDatabase({ create })
  if (database.created) console.error(`Created a database in ${database.created}.`)
  try {
    return await work()
  } finally {
    await database.stop()
  }
}

const { runSyro } = await import('./commands')
const { stdin, stdout, stderr } = process
const exitCode = await runSyro(process.argv.slice(2), {
  ...{ inDatabase, signal: interrupt.signal, stdin, stdout, stderr, console },
  ownsProcess: true,
})
process.exitCode = signalExitCode ?? exitCode
