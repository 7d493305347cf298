import type { Command } from 'commander'
import type pg from 'pg'
import { withSession } from '@/lib/db/session'
import { AppError } from '@/lib/errors'
import { indexStatus, pendingWork } from '@/lib/search/index/status'
import { applyChanges, lockIndex, rebuildIndex } from '@/lib/search/index/update'
import type { Shell } from '@/lib/shell'

export function addSearchCommands(program: Command, shell: Shell): void {
  const search = program.command('search').description('maintain the search index')
  search
    .command('rebuild')
    .description('rebuild the index; searches use the old one until it is ready')
    .action(() => shell.inDatabase(() => withIndex(shell, rebuild)))
  search
    .command('update')
    .description('index what has changed; a running site does this by itself')
    .action(() => shell.inDatabase(() => withIndex(shell, update)))
  search
    .command('status')
    .description('show the size of the index, and pending changes')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => shell.inDatabase(() => showStatus(json ?? false, shell)))
}

const SESSION = 'syromusic search'

const withIndex = (shell: Shell, work: (client: pg.Client, shell: Shell) => Promise<void>): Promise<void> =>
  withSession(SESSION, shell.signal, async (client) => {
    if (!(await lockIndex(client)))
      throw new AppError('conflict', 'Another process is changing the index. Try again when it has ended.')
    await work(client, shell)
  })

async function rebuild(client: pg.Client, { signal, console }: Shell): Promise<void> {
  let shown = ''
  const onStep = (what: string) => {
    if (what !== shown) console.error(what)
    shown = what
  }
  const documents = await rebuildIndex(client, { onStep, signal })
  console.log(`${documents.toLocaleString('en')} documents`)
}

async function update(client: pg.Client, shell: Shell): Promise<void> {
  if ((await pendingWork(client)).isAll) return rebuild(client, shell)
  let indexed = 0
  for (let some = -1; some !== 0; indexed += some) some = await applyChanges(client)
  shell.console.log(`${indexed.toLocaleString('en')} documents`)
}

async function showStatus(json: boolean, { console }: Shell): Promise<void> {
  const status = await withSession(SESSION, undefined, indexStatus)
  if (json) return console.log(JSON.stringify(status))
  console.log(`built      ${status.builtAt?.toISOString() ?? 'never'}`)
  console.log(`documents  ${status.documents.toLocaleString('en')}`)
  console.log(`pending    ${status.pending.toLocaleString('en')}`)
  console.log(`size       ${(status.bytes / 1e6).toFixed(1)} MB`)
}
