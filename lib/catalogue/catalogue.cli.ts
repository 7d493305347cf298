import type { Command } from 'commander'
import type { Shell } from '@/lib/shell'
import { findTotals } from './home'
import { rebuildAlone } from './rebuild'

export function addCatalogueCommands(program: Command, shell: Shell): void {
  program
    .command('stats')
    .description('count what the catalogue holds')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      shell.inDatabase(async () => {
        const totals = await findTotals()
        if (json) shell.console.log(JSON.stringify(totals))
        else
          for (const [what, total] of Object.entries(totals))
            shell.console.log(`${total.toLocaleString('en').padStart(14)} ${names[what]}`)
      }),
    )
  program
    .command('rebuild')
    .description(
      'compute every derived figure anew: counts, durations, credits, sort keys; changes nothing when all is well',
    )
    .action(() => shell.inDatabase(() => rebuildShown(shell)))
}

const names: Record<string, string> = {
  artists: 'artists',
  albums: 'albums',
  songs: 'songs',
  genres: 'genres',
  playlists: 'playlists',
  playlistItems: 'playlist items',
}

async function rebuildShown({ signal, console }: Shell): Promise<void> {
  const changed = Object.entries(await rebuildAlone(signal))
  if (changed.length === 0) console.log('All was well; nothing has changed.')
  for (const [table, rows] of changed) console.log(`${table}: ${rows.toLocaleString('en')} rows put right`)
}
