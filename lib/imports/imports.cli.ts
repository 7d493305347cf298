import { type Command, InvalidArgumentError, Option } from 'commander'
import { findTotals } from '@/lib/catalogue/home'
import { AppError } from '@/lib/errors'
import { printableJson } from '@/lib/observability/printable'
import { showProgress } from '@/lib/observability/progress'
import { type Shell, wholeNumber } from '@/lib/shell'
import { columnNames } from './csv/columns'
import { type Input, openInput } from './files/input'
import { writeFileWhole } from './files/output'
import { lowerPriority } from './priority'
import { writeRejectedFile } from './rejected-rows'
import type { ImportInput, ImportJob, ImportOutcome } from './run'
import { describeOutcome, describeRun } from './runs/text'

/** A format's reader. It is loaded when needed, like everything that takes long to load. */
type Format = { read: (input: Input) => ImportInput; fieldNames?: Record<string, string> }

export function addImportCommands(program: Command, shell: Shell): void {
  const imports = program.command('import').description('import a catalogue from files, all or nothing')
  addFiles(imports, 'chinook', 'the JSON file of the sample catalogue Chinook').action(
    (files: string[], options: FileOptions) =>
      importFiles(shell, 'chinook', files, options, async () => {
        const { readChinook, chinookFieldNames } = await import('./chinook')
        return { read: readChinook, fieldNames: chinookFieldNames }
      }),
  )
  addFiles(imports, 'ndjson', 'one JSON object per line, as `export ndjson` writes it').action(
    (files: string[], options: FileOptions) =>
      importFiles(shell, 'ndjson', files, options, async () => ({
        read: (await import('./ndjson/read')).readNdjson,
      })),
  )
  addFiles(imports, 'csv', 'a table with a header and one track per row')
    .option('--source <name>', 'name of the source; files of the same source update each other', 'csv')
    .addOption(
      new Option('--map <field=column>', 'column of a field; repeatable; an empty column ignores the field')
        .argParser(collectMap)
        .default(new Map(), 'detected from the header'),
    )
    .option('--delimiter <text>', 'cell delimiter ("\\t" for a tab); detected from the header by default', toDelimiter)
    .addHelpText('after', `\nFields: ${Object.keys(columnNames).join(', ')}`)
    .action(
      (files: string[], options: FileOptions & { source: string; map: Map<string, string>; delimiter?: string }) =>
        importFiles(shell, 'csv', files, options, async () => {
          const { readCsv } = await import('./csv/read')
          return { read: (input) => readCsv(input, options) }
        }),
    )
  imports
    .command('synthetic')
    .description('a generated catalogue; the same options give the same catalogue')
    .requiredOption('--songs <number>', 'number of songs', toWhole)
    .option('--seed <number>', 'seed of the generator', toWhole, 1)
    .action((options: { songs: number; seed: number }) => importSynthetic(shell, options))

  program
    .command('export')
    .description('write the whole catalogue')
    .command('ndjson')
    .description('one JSON object per line; `import ndjson` reads it back')
    .option('--output <file>', 'output file; standard output by default')
    .option('--allow-empty', 'export an empty catalogue instead of failing')
    .action(({ output, allowEmpty }: { output?: string; allowEmpty?: boolean }) =>
      shell.inDatabase(async () => {
        const { exportNdjson } = await import('./ndjson/export')
        if (!allowEmpty) await refuseEmpty()
        return output === undefined
          ? exportNdjson(shell.stdout, shell.signal)
          : writeFileWhole(output, (out) => exportNdjson(out, shell.signal))
      }),
    )

  program
    .command('imports')
    .description('list the newest imports')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      shell.inDatabase(async () => {
        const { findImportRuns } = await import('@/lib/imports/runs/read')
        const runs = await findImportRuns()
        if (json) shell.console.log(printableJson(runs))
        else shell.console.log(runs.length === 0 ? 'No imports yet.' : runs.map(describeRun).join('\n'))
      }),
    )
}

/** An import may be the first use of a data directory. */
const CREATE = { create: true }

/** An empty export must not pass for a backup or overwrite a good one. */
async function refuseEmpty(): Promise<void> {
  if (Object.values(await findTotals()).every((total) => total === 0))
    throw new AppError('not_found', 'The catalogue is empty. Use --allow-empty to export it anyway.')
}

type FileOptions = { skipInvalid?: boolean; rejected?: string }

const addFiles = (parent: Command, name: string, description: string): Command =>
  parent
    .command(name)
    .description(description)
    .argument('<files...>', 'files, or "-" for standard input; .gz files are decompressed')
    .option('--skip-invalid', 'skip invalid rows, and write them with their reasons to a file')
    .option('--rejected <file>', 'file for invalid rows; <file>.rejected.ndjson by default')

const importFiles = (
  shell: Shell,
  format: string,
  files: string[],
  { skipInvalid, rejected = `${files[0] === '-' ? 'stdin' : files[0]}.rejected.ndjson` }: FileOptions,
  load: () => Promise<Format>,
) =>
  shell.inDatabase(async () => {
    const inputs = await Promise.all(files.map((file) => openInput(file, shell.stdin)))
    const { read, fieldNames } = await load()
    const outcome = await importWithProgress(shell, {
      format,
      fieldNames,
      inputs: inputs.map((input) => ({ ...read(input), fraction: () => input.size && input.bytesRead() / input.size })),
      writeRejected: skipInvalid ? (rows) => writeRejectedFile(rejected, rows) : undefined,
    })
    if (outcome.rows.rejected > 0) shell.console.log(`The rejected rows and their reasons are in ${rejected}.`)
  }, CREATE)

const importSynthetic = (shell: Shell, options: { songs: number; seed: number }) =>
  shell.inDatabase(async () => {
    const { syntheticInput } = await import('./synthetic/reader')
    await importWithProgress(shell, { format: 'synthetic', inputs: [syntheticInput(options)] })
  }, CREATE)

async function importWithProgress(shell: Shell, job: Omit<ImportJob, 'progress' | 'signal'>): Promise<ImportOutcome> {
  const { runImport } = await import('./run')
  const { stderr } = shell
  const started = performance.now()
  if (shell.ownsProcess) lowerPriority()
  const progress = showProgress({
    isTerminal: stderr.isTTY ?? false,
    columns: stderr.columns ?? 80,
    write: (text) => stderr.write(text),
    now: () => performance.now(),
  })
  try {
    const outcome = await runImport({ ...job, progress, signal: shell.signal })
    progress.end()
    shell.console.log(describeOutcome(outcome, performance.now() - started))
    return outcome
  } finally {
    progress.end()
  }
}

function collectMap(pair: string, pairs: Map<string, string>): Map<string, string> {
  const [field, column] = pair.split(/=(.*)/s)
  if (!field || column === undefined) throw new InvalidArgumentError('It must be field=column.')
  return new Map(pairs).set(field, column)
}

function toDelimiter(text: string): string {
  const delimiter = text === '\\t' ? '\t' : text
  if (delimiter === '') throw new InvalidArgumentError('It must not be empty.')
  return delimiter
}

const toWhole = wholeNumber(0)
