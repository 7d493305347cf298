import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { formatDuration } from '@/lib/observability/steps'

/**
 * `npm test`: every check there is, one after the other, whatever becomes of those before it; then how each went, and how
 * many tests passed and failed. A check that has no tests inside counts as one.
 */

interface Tally {
  passed: number
  failed: number
}

const Vitest = z
  .object({ numPassedTests: z.number(), numFailedTests: z.number() })
  .transform((report): Tally => ({ passed: report.numPassedTests, failed: report.numFailedTests }))

const Playwright = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) })
  .transform(({ stats }): Tally => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }))

/** How a check is told to write its report to a file, and how that is read. */
interface Report {
  args: (file: string) => string[]
  environment?: (file: string) => Record<string, string>
  shape: z.ZodType<Tally>
}

const vitest: Report = {
  args: (file) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  shape: Vitest,
}
const playwright: Report = {
  args: () => ['--reporter=list,json'],
  environment: (file) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
  shape: Playwright,
}

/** The build comes before what runs the site, so that a fault in it is shown as one. */
const checks: { script: string; report?: Report }[] = [
  { script: 'typecheck' },
  { script: 'lint' },
  { script: 'test:unit', report: vitest },
  { script: 'build' },
  { script: 'test:process', report: vitest },
  { script: 'test:e2e', report: playwright },
]

const INTERRUPTED = 130

const reports = await mkdtemp(path.join(tmpdir(), 'syromusic-reports-'))
let interrupted = false
let end: (signal: NodeJS.Signals) => void = () => {}
// A check tears down what it started; this waits for it.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    interrupted = true
    end(signal)
  })

/** @returns whether the check passed. */
async function run(script: string, report: Report | undefined, file: string): Promise<boolean> {
  const child = spawn('npm', ['run', '--silent', script, '--', ...(report?.args(file) ?? [])], {
    stdio: 'inherit',
    env: { ...process.env, ...report?.environment?.(file) },
  })
  end = (signal) => child.kill(signal)
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code === 0)))
}

/** A check that ended badly has failed, even where its report knows of no failed test, or there is none. */
async function tally(passed: boolean, report: Report | undefined, file: string): Promise<Tally> {
  const one = { passed: passed ? 1 : 0, failed: passed ? 0 : 1 }
  if (!report) return one
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return one
  const read = report.shape.parse(JSON.parse(text))
  return passed ? read : { ...read, failed: Math.max(read.failed, 1) }
}

const results: (Tally & { script: string; ms: number })[] = []
for (const { script, report } of checks) {
  if (interrupted) break
  console.log(`\n— npm run ${script}`)
  const started = performance.now()
  const file = path.join(reports, `${script.replaceAll(':', '-')}.json`)
  const passed = await run(script, report, file)
  results.push({ script, ms: performance.now() - started, ...(await tally(passed, report, file)) })
}
await rm(reports, { recursive: true, force: true })

console.log()
for (const { script, ms, passed, failed } of results)
  console.log(
    `${failed ? '✗' : '✓'} ${script.padEnd(14)} ${`${passed} passed, ${failed} failed`.padEnd(24)} ${formatDuration(ms)}`,
  )

const total = (key: keyof Tally) => results.reduce((sum, result) => sum + result[key], 0)
console.log(interrupted ? '\nInterrupted' : `\n${total('passed')} passed, ${total('failed')} failed`)
process.exitCode = interrupted ? INTERRUPTED : total('failed') > 0 ? 1 : 0
