import type { Command } from 'commander'
import { printable } from '@/lib/observability/printable'
import { type Shell, wholeNumber } from '@/lib/shell'
import type { Outcome } from './import/import'

/** More processors than anybody has to spare. */
const MOST_AT_ONCE = 64

export function addArtworkCommands(program: Command, shell: Shell): void {
  const artwork = program.command('artwork').description('bring covers of your own, and clear away what is not used')

  artwork
    .command('import')
    .description('make the pictures in a folder covers; yours are never replaced by what is fetched')
    .argument(
      '<folder>',
      'with pictures that are named by an album’s id or MBID: 1432.jpg, or 1432/cover.jpg (folder.jpg, front.jpg)',
    )
    .option(
      '--at-once <number>',
      'so many at a time, each a processor and 256 MiB; one processor is left to the site if not given',
      wholeNumber(1, MOST_AT_ONCE),
    )
    .action((folder: string, { atOnce }: { atOnce?: number }) =>
      shell.inDatabase(() => importShown(folder, atOnce, shell)),
    )

  artwork
    .command('gc')
    .description('remove pictures that no album has, and files that were never finished; safe at any time')
    .action(() =>
      shell.inDatabase(async () => {
        const { clearArtwork } = await import('./clear')
        const { storage } = await import('./storage/storage')
        const options = { now: new Date(), signal: shell.signal }
        const { pictures, unknown, drafts } = await clearArtwork(await storage(), options)
        shell.console.log(
          [
            `Removed ${counted(pictures, 'picture')} that no album has`,
            `${counted(unknown, 'picture')} that the database does not know`,
            `${counted(drafts, 'half file')}.`,
          ].join(', '),
        )
      }),
    )
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? what : `${what}s`}`

/** A line on a terminal is drawn anew so often. */
const EVERY_MS = 100

async function importShown(folder: string, count: number | undefined, shell: Shell): Promise<void> {
  const { importArtwork } = await import('./import/import')
  const { takePicture } = await import('./take')
  const { AT_ONCE, Makers } = await import('./making/makers')
  const atOnce = count ?? AT_ONCE
  const makers = new Makers({ count: atOnce })
  const { signal, stderr, console } = shell
  const counts = { given: 0, unchanged: 0, unmatched: 0, refused: 0, other: 0 }
  let isRead = false
  let drawnAt = 0
  const wipe = () => stderr.isTTY && drawnAt > 0 && stderr.write('\r\u001b[K')
  const onFile = (file: string, outcome: Outcome) => {
    const kind = kindOf(outcome)
    counts[kind] += 1
    isRead = true
    if (typeof outcome === 'object') {
      wipe()
      console.log(printable(`${kind} ${file}: ${Object.values(outcome)[0]}`))
    }
  }
  const onProgress = (done: number, total: number) => {
    const now = performance.now()
    if (!stderr.isTTY || (now - drawnAt < EVERY_MS && done < total)) return
    drawnAt = now
    stderr.write(`\r${Math.floor((done / total) * 100)}% · ${done.toLocaleString('en')} of ${counted(total, 'file')}`)
  }
  try {
    await importArtwork(folder, {
      ...{ signal, onFile, onProgress, atOnce },
      now: () => new Date(),
      take: (bytes, options) => takePicture(bytes, { ...options, by: makers }),
    })
    isRead = true
  } finally {
    makers.end()
    wipe()
    if (isRead) console.log(summaryOf(counts))
  }
}

const summaryOf = ({ given, unchanged, unmatched, refused, other }: Record<Kind, number>): string => {
  const passedOver = other > 0 ? `, ${counted(other, 'other file')} passed over` : ''
  return `${counted(given, 'cover')} brought, ${unchanged} as before, ${unmatched} of no album, ${refused} refused${passedOver}.`
}

type Kind = ReturnType<typeof kindOf>

const kindOf = (outcome: Outcome) =>
  typeof outcome === 'string' ? outcome : 'refused' in outcome ? 'refused' : 'unmatched'
