import { type Command, InvalidArgumentError } from 'commander'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { formatDuration } from '@/lib/observability/steps'
import type { Shell } from '@/lib/shell'
import { popularAddresses } from './addresses'
import { warm } from './warm'

/** About half of the response cache's default capacity. */
const PAGES = 1_000
/** The failures that are listed. */
const SHOWN = 20

export function addWarmCommand(program: Command, shell: Shell): void {
  program
    .command('warm')
    .description('render the most popular pages of a running site into its caches')
    .option('--url <address>', 'the address of the site', toOrigin, `http://localhost:${env.PORT}`)
    .option('--pages <number>', 'the maximum number of pages', toPages, PAGES)
    .action(({ url, pages }: { url: string; pages: number }) => shell.inDatabase(() => warmShown(url, pages, shell)))
}

async function warmShown(url: string, pages: number, { signal, console }: Shell): Promise<void> {
  const started = performance.now()
  const { rendered, alreadyCached, failed } = await warm(url, first(pages, popularAddresses()), signal)
  const counts = [
    `${count(rendered)} rendered`,
    `${alreadyCached.toLocaleString('en')} already cached`,
    `${failed.length} failed`,
  ]
  console.log(`${counts.join(', ')}, in ${formatDuration(performance.now() - started)}.`)
  for (const { address, reason } of failed.slice(0, SHOWN)) console.error(`${address}: ${reason}`)
  if (failed.length > 0) throw new AppError('unavailable', `${count(failed.length)} could not be rendered.`)
}

const count = (pages: number): string => `${pages.toLocaleString('en')} ${pages === 1 ? 'page' : 'pages'}`

async function* first<T>(max: number, items: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let taken = 0
  if (max > 0)
    for await (const item of items) {
      yield item
      if (++taken === max) return
    }
}

function toOrigin(text: string): string {
  if (!URL.canParse(text) || !/^https?:\/\//.test(text))
    throw new InvalidArgumentError('It must be an http:// or https:// address.')
  return new URL(text).origin
}

function toPages(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 9999999.')
  return Number(text)
}
