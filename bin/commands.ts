import { Command } from 'commander'
import { ImportCancelled } from '@/lib/imports/cancellation'
import { SAME_SIGNAL_MS } from '@/lib/lifetime'
import { printableLines } from '@/lib/observability/printable'
import type { Shell } from '@/lib/shell'

/** The command line. What it does is in `lib/<feature>/*.cli.ts`. */

/** The features by the words of their commands, in the order in which help tells of them. Only what is asked for is loaded. */
const features: { words: string[]; add: (program: Command, shell: Shell) => Promise<void> }[] = [
  {
    words: ['import', 'export', 'imports'],
    add: async (...to) => (await import('@/lib/imports/imports.cli')).addImportCommands(...to),
  },
  { words: ['demo'], add: async (...to) => (await import('@/lib/imports/demo/demo.cli')).addDemoCommands(...to) },
  { words: ['search'], add: async (...to) => (await import('@/lib/search/search.cli')).addSearchCommands(...to) },
  {
    words: ['stats', 'rebuild'],
    add: async (...to) => (await import('@/lib/catalogue/catalogue.cli')).addCatalogueCommands(...to),
  },
  {
    words: ['artwork'],
    add: async (...to) => (await import('@/lib/artwork/artwork.cli')).addArtworkCommands(...to),
  },
  { words: ['warm'], add: async (...to) => (await import('@/lib/server/warm/warm.cli')).addWarmCommand(...to) },
  {
    words: ['refresh', 'enrichment'],
    add: async (...to) => (await import('@/lib/enrichment/enrichment.cli')).addEnrichmentCommands(...to),
  },
  { words: ['account'], add: async (...to) => (await import('@/lib/accounts/accounts.cli')).addAccountCommands(...to) },
]

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

async function inDatabase<Result>(work: () => Promise<Result>, { create = false } = {}): Promise<Result> {
  const { openDatabase } = await import('@/lib/db/open')
  const database = await openDatabase({ create })
  if (database.created) console.error(`Created a database in ${database.created}.`)
  try {
    return await work()
  } finally {
    await database.stop()
  }
}

/** An interrupted command fails in ways that say nothing of why. */
function sentenceOf(error: unknown): string {
  if (interrupt.signal.aborted && !(error instanceof ImportCancelled)) return 'Interrupted.'
  return printableLines(error instanceof Error ? error.message : String(error))
}

const program = new Command('syro')
  .description('SyroMusic on the command line. Data goes to the standard output, all else to the standard error.')
  .option('--debug', 'show where an error comes from')
  .showHelpAfterError('(Try: npm run syro -- help)')

const shell: Shell = { inDatabase, signal: interrupt.signal }
const words = process.argv.slice(2)
const asked = (words[0] === 'help' ? words[1] : words[0]) ?? ''
const known = features.filter((feature) => feature.words.includes(asked))
for (const { add } of known.length > 0 ? known : features) await add(program, shell)

try {
  // Commander's own `help` knows one word only: `help import csv` would be `help import`.
  const isDeepHelp = words[0] === 'help' && words.length > 2
  await program.parseAsync(isDeepHelp ? [...words.slice(1), '--help'] : words, { from: 'user' })
} catch (error) {
  exitCode ??= EXIT.failed
  if (program.opts<{ debug?: boolean }>().debug) console.error(error)
  else console.error(sentenceOf(error))
}
process.exitCode = exitCode
