import { Command, CommanderError } from 'commander'
import { ImportCancelled } from '@/lib/imports/cancellation'
import { printableLines } from '@/lib/observability/printable'
import type { Shell } from '@/lib/shell'

/**
 * The features by the names of their commands, in the order in which help lists them. Only the feature of the given
 * command is loaded.
 */
const features: { commands: string[]; add: (program: Command, shell: Shell) => Promise<void> }[] = [
  {
    commands: ['import', 'export', 'imports'],
    add: async (...to) => (await import('@/lib/imports/imports.cli')).addImportCommands(...to),
  },
  { commands: ['demo'], add: async (...to) => (await import('@/lib/imports/demo/demo.cli')).addDemoCommands(...to) },
  { commands: ['search'], add: async (...to) => (await import('@/lib/search/search.cli')).addSearchCommands(...to) },
  {
    commands: ['stats', 'rebuild'],
    add: async (...to) => (await import('@/lib/catalogue/catalogue.cli')).addCatalogueCommands(...to),
  },
  {
    commands: ['artwork'],
    add: async (...to) => (await import('@/lib/artwork/artwork.cli')).addArtworkCommands(...to),
  },
  { commands: ['warm'], add: async (...to) => (await import('@/lib/server/warm/warm.cli')).addWarmCommand(...to) },
  {
    commands: ['refresh', 'enrichment'],
    add: async (...to) => (await import('@/lib/enrichment/enrichment.cli')).addEnrichmentCommands(...to),
  },
  {
    commands: ['account'],
    add: async (...to) => (await import('@/lib/accounts/accounts.cli')).addAccountCommands(...to),
  },
]

/**
 * Runs one command of the command line. Errors are printed, not thrown.
 * @returns the exit code.
 */
export async function runSyro(words: string[], shell: Shell): Promise<number> {
  const program = new Command('syro')
    .description('SyroMusic on the command line. Data goes to standard output, everything else to standard error.')
    .option('--debug', 'show where an error comes from')
    .showHelpAfterError('(Try: npm run syro -- help)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
    })
  const name = (words[0] === 'help' ? words[1] : words[0]) ?? ''
  const named = features.filter(({ commands }) => commands.includes(name))
  for (const { add } of named.length > 0 ? named : features) await add(program, shell)

  try {
    // Commander's `help` takes one word only: `help import csv` would be `help import`.
    const isDeepHelp = words[0] === 'help' && words.length > 2
    await program.parseAsync(isDeepHelp ? [...words.slice(1), '--help'] : words, { from: 'user' })
    return 0
  } catch (error) {
    // Commander has printed its help or error already.
    if (error instanceof CommanderError) return error.exitCode
    const isDebug = program.opts<{ debug?: boolean }>().debug
    shell.console.error(isDebug ? error : messageOf(error, shell.signal))
    return 1
  }
}

/** An interrupted command fails with errors that do not say why. */
function messageOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted && !(error instanceof ImportCancelled)) return 'Interrupted.'
  return printableLines(error instanceof Error ? error.message : String(error))
}
