import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError } from 'commander'
import { AppError } from '@/lib/errors'
import { Lifetime } from '@/lib/lifetime'
import { apiBenchmark } from './api/api'
import { artworkBenchmark } from './artwork/artwork'
import type { Benchmark } from './benchmark'
import { importBenchmark } from './import/import'
import { invalidationBenchmark } from './invalidation/invalidation'
import { lighthouseBenchmark } from './lighthouse'
import { crawlBenchmark, pagesBenchmark } from './pages/pages'
import { environmentText, INTRODUCTION, withSection } from './results'
import { searchBenchmark } from './search/search'
import { neverRepeat, watchStealTime } from './steal-time'

/** Runs benchmarks and writes their results to RESULTS.md: `npm run bench -- --help`. */

/** Ordered: those of a short run share a catalogue, so those that change it come last. */
const benchmarks: Record<string, Benchmark> = {
  import: importBenchmark,
  crawl: crawlBenchmark,
  api: apiBenchmark,
  search: searchBenchmark,
  pages: pagesBenchmark,
  invalidation: invalidationBenchmark,
  artwork: artworkBenchmark,
  lighthouse: lighthouseBenchmark,
}
const names = Object.keys(benchmarks)

function toName(name: string, before: string[] = []): string[] {
  if (!benchmarks[name]) throw new InvalidArgumentError(`It must be one of ${names.join(', ')}.`)
  return [...before, name]
}

function toSongs(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

type Options = { only?: string[]; songs?: number; short?: boolean; output: string }
const options = new Command('npm run bench --')
  .description('Run benchmarks and write their results to a file, each into its own section.')
  .option('--only <name>', `one of ${names.join(', ')}; repeatable; all by default`, toName)
  .option('--songs <number>', 'size of the catalogue, for example 10000, 1000000 or 10000000', toSongs)
  .option('--short', 'run one short round to check that everything works')
  .option('--output <file>', 'the output file', fileURLToPath(new URL('RESULTS.md', import.meta.url)))
  .parse()
  .opts<Options>()

const INTERRUPTED = 130

async function run(name: string, benchmark: Benchmark, lifetime: Lifetime): Promise<void> {
  const { output, short = false } = options
  const songs = options.songs ?? benchmark.songs[short ? 'short' : 'usually']
  const command = `npm run bench -- --only ${name} --songs ${songs}${short ? ' --short' : ''}`
  const title = benchmark.title(songs)
  console.log(title)
  const steal = await watchStealTime()
  const results = await benchmark.run({ songs, short, lifetime, say: (line) => console.log(`  ${line}`) })
  console.log(results)
  const text = await readFile(output, 'utf8').catch(() => INTRODUCTION)
  const about = benchmark.about({ songs, short })
  const section = `\n## ${title}\n\n${about}\n\n${environmentText(await steal())} Repeat with: \`${command}\`\n\n${results}\n\n`
  await writeFile(output, withSection(text, `${name} ${songs}`, section))
}

/** Runs benchmarks that share servers and sites. @returns whether the next ones may run. */
async function runAll(together: string[]): Promise<boolean> {
  const lifetime = new Lifetime(INTERRUPTED)
  lifetime.endOnSignals()
  try {
    for (const name of together) {
      const benchmark = benchmarks[name]
      if (benchmark) await run(name, benchmark, lifetime)
    }
    await lifetime.close()
    return true
  } catch (error) {
    // Errors after a signal are expected: servers and databases are closed while the benchmark still uses them.
    if (lifetime.isEnding) return false
    console.error(error instanceof AppError ? error.message : error)
    await lifetime.end(1)
    return false
  }
}

if (options.short) neverRepeat()
const chosen = options.only ?? names
// A full run starts each benchmark on a server of its own, so that none disturbs another.
for (const together of options.short ? [chosen] : chosen.map((name) => [name])) if (!(await runAll(together))) break
