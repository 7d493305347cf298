import type { Command } from 'commander'
import { printable } from '@/lib/observability/printable'
import { type Shell, wholeNumber } from '@/lib/shell'
import type { FileOutcome } from './import/import'

const MAX_AT_ONCE = 64

export function addArtworkCommands(program: Command, shell: Shell): void {
  const artwork = program.command('artwork').description('import covers of your own and remove unused pictures')

  artwork
    .command('import')
    .description('import covers from a folder; fetched covers never replace them')
    .argument(
      '<folder>',
      'pictures named by an album’s id or MBID: 1432.jpg, or 1432/cover.jpg (folder.jpg, front.jpg)',
    )
    .option(
      '--at-once <number>',
      'pictures processed at a time, each with a processor and up to 256 MiB; by default one processor is left free',
      wholeNumber(1, MAX_AT_ONCE),
    )
    .action((folder: string, { atOnce }: { atOnce?: number }) =>
      shell.inDatabase(() => importShown(folder, atOnce, shell)),
    )

  artwork
    .command('gc')
    .description('remove pictures without an album and unfinished files; safe at any time')
    .action(() =>
      shell.inDatabase(async () => {
        const { collectGarbage } = await import('./garbage-collection')
        const { storage } = await import('./storage/storage')
        const options = { now: new Date(), signal: shell.signal }
        const { pictures, unknown, drafts } = await collectGarbage(await storage(), options)
        shell.console.log(
          [
            `Removed ${counted(pictures, 'picture')} without an album`,
            `${counted(unknown, 'picture')} unknown to the database`,
            `${counted(drafts, 'unfinished file')}.`,
          ].join(', '),
        )
      }),
    )
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? what : `${what}s`}`

/** How often the progress line is redrawn, in ms. */
const EVERY_MS = 100

async function importShown(folder: string, count: number | undefined, shell: Shell): Promise<void> {
  const { importArtwork } = await import('./import/import')
  const { addPicture } = await import('./add-picture')
  const { AT_ONCE, DecoderPool } = await import('./decoding/decoder-pool')
  const atOnce = count ?? AT_ONCE
  const decoder = new DecoderPool({ count: atOnce })
  const { signal, stderr, console } = shell
  const counts = { given: 0, unchanged: 0, unmatched: 0, refused: 0, other: 0 }
  let isRead = false
  let drawnAt = 0
  const wipe = () => stderr.isTTY && drawnAt > 0 && stderr.write('\r\u001b[K')
  const onFile = (file: string, outcome: FileOutcome) => {
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
      take: (bytes, options) => addPicture(bytes, { ...options, decoder }),
    })
    isRead = true
  } finally {
    decoder.end()
    wipe()
    if (isRead) console.log(summaryOf(counts))
  }
}

const summaryOf = ({ given, unchanged, unmatched, refused, other }: Record<Kind, number>): string => {
  const skipped = other > 0 ? `, ${counted(other, 'other file')} skipped` : ''
  return `${counted(given, 'cover')} imported, ${unchanged} unchanged, ${unmatched} unmatched, ${refused} refused${skipped}.`
}

type Kind = ReturnType<typeof kindOf>

const kindOf = (outcome: FileOutcome) =>
  typeof outcome === 'string' ? outcome : 'refused' in outcome ? 'refused' : 'unmatched'
