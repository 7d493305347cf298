import type { Command } from 'commander'
import type { Shell } from '@/lib/shell'
import { findTotals } from './home'
import { rebuildAlone } from './rebuild'

export function addCatalogueCommands(program: Command, shell: Shell): void {
  program
    .command('stats')
    .description('show the totals of the catalogue')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) =>
      shell.inDatabase(async () => {
        const totals = await findTotals()
        if (json) shell.console.log(JSON.stringify(totals))
        else
          for (const [name, total] of Object.entries(totals))
            shell.console.log(
              `${total.toLocaleString('en').padStart(14)} ${name === 'playlistItems' ? 'playlist items' : name}`,
            )
      }),
    )
  program
    .command('rebuild')
    .description(
      'recompute all derived figures: counts, durations, credits, sort keys; changes nothing if they are right',
    )
    .action(() => shell.inDatabase(() => printRebuild(shell)))
}

async function printRebuild({ signal, console }: Shell): Promise<void> {
  const changed = Object.entries(await rebuildAlone(signal))
  if (changed.length === 0) console.log('All figures were right; nothing has changed.')
  for (const [table, rows] of changed) console.log(`${table}: ${rows.toLocaleString('en')} rows corrected`)
}
