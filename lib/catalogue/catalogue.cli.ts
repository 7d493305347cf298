import type { Command } from 'commander'
import pg from 'pg'
import { cancelOnAbort } from '@/lib/db/cancel'
import { databaseUrl } from '@/lib/db/url'
import { AppError } from '@/lib/errors'
import type { Shell } from '@/lib/shell'
import { lockCatalogue, rebuild } from './commands'
import { findTotals } from './home/queries'

export function addCatalogueCommands(program: Command, shell: Shell): void {
  program
    .command('stats')
    .description('count what the catalogue holds')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      shell.inDatabase(async () => {
        const totals = await findTotals()
        if (json) console.log(JSON.stringify(totals))
        else
          for (const [what, total] of Object.entries(totals))
            console.log(`${total.toLocaleString('en').padStart(14)} ${names[what]}`)
      }),
    )
  program
    .command('rebuild')
    .description(
      'compute every derived figure anew: counts, durations, credits, sort keys; changes nothing when all is well',
    )
    .action(() => shell.inDatabase(() => rebuildShown(shell.signal)))
}

const names: Record<string, string> = {
  artists: 'artists',
  albums: 'albums',
  songs: 'songs',
  genres: 'genres',
  playlists: 'playlists',
  playlistItems: 'playlist items',
}

async function rebuildShown(signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(), application_name: 'syromusic rebuild' })
  client.on('error', () => {})
  await client.connect()
  const stopCancelling = cancelOnAbort(client, databaseUrl(), signal)
  try {
    if (!(await lockCatalogue(client)))
      throw new AppError('conflict', 'An import or another rebuild is running. Try again when it has ended.')
    const changed = Object.entries(await rebuild(client))
    if (changed.length === 0) console.log('All was well; nothing has changed.')
    for (const [table, rows] of changed) console.log(`${table}: ${rows.toLocaleString('en')} rows put right`)
  } finally {
    stopCancelling()
    await client.end()
  }
}
