import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Benchmark } from './benchmark'
import { importBenchmark } from './import/import'

/**
 * Runs benchmarks and writes what they find to RESULTS.md, each into its own section: `npm run bench`, or
 * `npm run bench -- --only import`.
 */

const benchmarks: Record<string, Benchmark> = {
  import: importBenchmark,
}

const results = new URL('RESULTS.md', import.meta.url)
const INTRODUCTION = `# What was measured

Each section is written by \`npm run bench -- --only <name>\`, on the machine and on the day that it names.
`

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })
const names = values.only ?? Object.keys(benchmarks)
const unknown = names.filter((name) => !benchmarks[name])
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are ${Object.keys(benchmarks).join(', ')}.`)
  process.exit(1)
}

const GiB = 1024 ** 3

function machine(): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / GiB)
  return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GiB of memory, Node.js ${process.version}`
}

/** The text with the section of `name` set to `section`; sections stand in the order of the table. */
function withSection(text: string, name: string, section: string): string {
  const start = `<!-- ${name} -->\n`
  const end = `<!-- /${name} -->\n`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  const marked = `${start}${section}${end}`
  return from === -1 || to === -1 ? `${text}\n${marked}` : text.slice(0, from) + marked + text.slice(to + end.length)
}

let text = await readFile(results, 'utf8').catch(() => INTRODUCTION)
for (const name of names) {
  const benchmark = benchmarks[name]
  if (!benchmark) continue
  console.log(`${benchmark.title}`)
  const found = await benchmark.run((line) => console.log(`  ${line}`))
  console.log(found)
  const when = new Date().toISOString().slice(0, 10)
  text = withSection(
    text,
    name,
    `\n## ${benchmark.title}\n\n${benchmark.about}\n\n${when}, ${machine()}.\n\n${found}\n`,
  )
  await writeFile(results, text)
}
