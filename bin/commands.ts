import { Command } from 'commander'
import { addAccountCommands } from '@/lib/accounts/accounts.cli'
import { addCatalogueCommands } from '@/lib/catalogue/catalogue.cli'
import { openDatabase } from '@/lib/db/open'
import { addImportCommands } from '@/lib/imports/imports.cli'
import { ImportCancelled } from '@/lib/imports/run'
import { SAME_SIGNAL_MS } from '@/lib/lifetime'
import { addSearchCommands } from '@/lib/search/search.cli'
import { addWarmCommand } from '@/lib/server/warm/warm.cli'
import type { Shell } from '@/lib/shell'

/** The command line. What it does is in `lib/<feature>/*.cli.ts`. */

const EXIT = { failed: 1, interrupted: 130, terminated: 143 } as const

/** Ctrl-C lets a command leave all as it was; a second one does not wait for that. */
const interrupt = new AbortController()
let exitCode: number | undefined
let interruptedAt = 0
for (const [name, code] of [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
] as const)
  process.on(name, () => {
    if (exitCode !== undefined) {
      if (performance.now() - interruptedAt > SAME_SIGNAL_MS) process.exit(code)
      return
    }
    exitCode = code
    interruptedAt = performance.now()
    interrupt.abort()
  })

// Who reads the output may stop: `syro export ndjson | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(EXIT.failed)
})

async function inDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  const database = await openDatabase()
  try {
    return await work()
  } finally {
    await database.stop()
  }
}

/** An interrupted command fails in ways that say nothing of why. */
function sentenceOf(error: unknown): string {
  if (interrupt.signal.aborted && !(error instanceof ImportCancelled)) return 'Interrupted.'
  return error instanceof Error ? error.message : String(error)
}

const program = new Command('syro')
  .description('SyroMusic on the command line. Data goes to the standard output, all else to the standard error.')
  .option('--debug', 'show where an error comes from')
  .showHelpAfterError('(Try: npm run syro -- help)')

const shell: Shell = { inDatabase, signal: interrupt.signal }
addImportCommands(program, shell)
addSearchCommands(program, shell)
addCatalogueCommands(program, shell)
addWarmCommand(program, shell)
addAccountCommands(program, shell)

try {
  const words = process.argv.slice(2)
  // Commander's own `help` knows one word only: `help import csv` would be `help import`.
  const isDeepHelp = words[0] === 'help' && words.length > 2
  await program.parseAsync(isDeepHelp ? [...words.slice(1), '--help'] : words, { from: 'user' })
} catch (error) {
  exitCode ??= EXIT.failed
  if (program.opts<{ debug?: boolean }>().debug) console.error(error)
  else console.error(sentenceOf(error))
}
process.exitCode = exitCode
