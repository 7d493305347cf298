import type { Command } from 'commander'
import { lockCatalogue } from '@/lib/catalogue/rebuild'
import { withSession } from '@/lib/db/session'
import { AppError } from '@/lib/errors'
import { removeSource } from '@/lib/imports/remove'
import type { Shell } from '@/lib/shell'
import { demoSource } from './source'

export function addDemoCommands(program: Command, shell: Shell): void {
  program
    .command('demo')
    .description('the demo catalogue that the first start loads')
    .command('remove')
    .description('remove its artists, albums, songs and playlists; your own imports stay')
    .action(() => shell.inDatabase(() => removeDemo(shell)))
}

const removeDemo = ({ signal, console }: Shell): Promise<void> =>
  withSession('syromusic demo', signal, async (client) => {
    if (!(await lockCatalogue(client)))
      throw new AppError('conflict', 'Another import or rebuild is running. Try again when it has ended.')
    const { stillReferenced, ...removed } = await removeSource(client, demoSource)
    const listed = Object.entries(removed).map(
      ([kind, count]) => `${count.toLocaleString('en')} ${kind}${count === 1 ? '' : 's'}`,
    )
    const isLoaded = stillReferenced + Object.values(removed).reduce((sum, count) => sum + count, 0) > 0
    console.log(isLoaded ? `Removed ${listed.join(', ')}.` : 'The demo catalogue is not loaded.')
    if (stillReferenced > 0) console.log(`Kept ${stillReferenced.toLocaleString('en')} that your imports refer to.`)
  })
