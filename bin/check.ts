import { execFileSync, spawn } from 'node:child_process'
import path from 'node:path'
import { z } from 'zod'
import { formatDuration } from '@/lib/observability/steps'
import { chooseTests } from './related-tests'
import slowTests from './slow-tests.json' with { type: 'json' }

/**
 * `npm run check [ref]`: types, lint and the unit tests that a change touches, in under two minutes on two cores. The
 * change is everything since `ref`; by default since the branch left origin/main, uncommitted files included.
 */

/** About a minute of tests on two cores; slow ones are left out. */
const MAX_TEST_FILES = 25

const git = (...args: string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
const lines = (text: string): string[] => text.split('\n').filter(Boolean)

function branchPoint(): string {
  try {
    return git('merge-base', 'HEAD', 'origin/main').trim()
  } catch {
    // There is no such remote: only uncommitted files are a change.
    return 'HEAD'
  }
}

function changedFiles(since: string): string[] {
  try {
    return [
      ...lines(git('diff', '--name-only', '--relative', since)),
      ...lines(git('ls-files', '--others', '--exclude-standard')),
    ]
  } catch {
    console.error(`Git knows no commit "${since}".`)
    process.exit(1)
  }
}

type CheckResult = { passed: boolean; output: string }

/** Runs a command. @param show whether its output goes to the terminal at once, else it is returned. */
function run(command: string, args: string[], { show }: { show: boolean }): Promise<CheckResult> {
  const child = spawn(command, args, { stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (code) => resolve({ passed: code === 0, output })),
  )
}

const Listed = z.array(z.object({ file: z.string() }))

/** Unit tests that import something changed since `since`, directly or not. */
async function relatedTests(since: string): Promise<string[]> {
  const args = ['vitest', 'list', '--project', 'unit', '--changed', since, '--filesOnly', '--json']
  const { passed, output } = await run('npx', args, { show: false })
  if (!passed) throw new Error(`Vitest could not list the tests:\n${output}`)
  return Listed.parse(JSON.parse(output.slice(output.indexOf('[')))).map(({ file }) =>
    path.relative(process.cwd(), file),
  )
}

const started = performance.now()
const since = process.argv[2] ?? branchPoint()
const changed = changedFiles(since)
if (changed.length === 0) {
  console.log('Nothing has changed.')
  process.exit(0)
}

// Each of the three uses one core most of the time.
const [types, lint, tests] = await Promise.all([
  run('npm', ['run', '--silent', 'typecheck'], { show: false }),
  run('npm', ['run', '--silent', 'lint'], { show: false }),
  relatedTests(since),
])
for (const [name, { passed, output }] of Object.entries({ types, lint })) {
  console.log(`${passed ? '✓' : '✗'} ${name}`)
  if (!passed) console.log(output)
}

const chosen = chooseTests(tests, changed, { slow: slowTests, limit: MAX_TEST_FILES })
const unit =
  chosen.run.length === 0
    ? { passed: true }
    : await run('npx', ['vitest', 'run', '--project', 'unit', ...chosen.run], { show: true })
console.log(`${unit.passed ? '✓' : '✗'} tests: ${chosen.run.length} files that depend on the change`)
if (chosen.skipped.length > 0)
  console.log(`  ${chosen.skipped.length} more depend on it, slow or further away: npm test runs them.`)

const passed = types.passed && lint.passed && unit.passed
console.log(`\n${passed ? 'All passed' : 'Failed'} in ${formatDuration(performance.now() - started)}`)
process.exitCode = passed ? 0 : 1
