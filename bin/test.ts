import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { formatDuration } from '@/lib/observability/steps'
import { playwright, type Report, type Tally, tallyOf, vitest } from './reports'

/**
 * `npm test`: runs every check, even after a failure, then prints the results, the failed tests and the totals. A check
 * without tests counts as one.
 */

/** The build comes before the checks that run the site, so that its errors are reported as such. */
const checks: { script: string; report?: Report }[] = [
  { script: 'typecheck' },
  { script: 'lint' },
  { script: 'test:unit', report: vitest },
  { script: 'build' },
  { script: 'test:process', report: vitest },
  { script: 'test:e2e', report: playwright },
]

const INTERRUPTED = 130

/** Real catalogues, pictures and recorded responses next to the checkout, which some tests need. */
const data = '../shared/data'

const reports = await mkdtemp(path.join(tmpdir(), 'syromusic-reports-'))
let interrupted = false
let end: (signal: NodeJS.Signals) => void = () => {}
// A check stops what it started; this process waits for it.
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

const results: (Tally & { script: string; ms: number })[] = []
try {
  for (const { script, report } of checks) {
    if (interrupted) break
    console.log(`\n— npm run ${script}`)
    const started = performance.now()
    const file = path.join(reports, `${script.replaceAll(':', '-')}.json`)
    const passed = await run(script, report, file)
    const text = await readFile(file, 'utf8').catch(() => undefined)
    results.push({ script, ms: performance.now() - started, ...tallyOf(passed, report, text) })
  }
} finally {
  await rm(reports, { recursive: true, force: true })
}

console.log()
for (const { script, ms, passed, failed } of results)
  console.log(
    `${failed ? '✗' : '✓'} ${script.padEnd(14)} ${`${passed} passed, ${failed} failed`.padEnd(24)} ${formatDuration(ms)}`,
  )

// The output of failed tests is far above.
for (const { script, failures } of results)
  for (const { test, reason } of failures) console.log(`\n✗ ${script}: ${test}\n  ${reason}`)

const total = (key: 'passed' | 'failed' | 'skipped') => results.reduce((sum, result) => sum + result[key], 0)
const skipped = total('skipped')
if (skipped > 0)
  console.log(`\n${skipped} tests were skipped${existsSync(data) ? '' : `: the data of some is missing (${data})`}.`)
console.log(interrupted ? '\nInterrupted' : `\n${total('passed')} passed, ${total('failed')} failed`)
process.exitCode = interrupted ? INTERRUPTED : total('failed') > 0 ? 1 : 0
