import { spawn } from 'node:child_process'
import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { playwright, type Report, tallyOf, vitest } from './reports'

/** Real reports of failing tests. */

const root = path.resolve(import.meta.dirname, '..')
const cliOfPlaywright = createRequire(import.meta.url).resolve('@playwright/test/cli')
let scratch: string

// Near node_modules, so that tests find their runner, but not inside, where runners ignore tests.
beforeEach(async () => {
  scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'syromusic-reports-')))
  await symlink(path.join(root, 'node_modules'), path.join(scratch, 'node_modules'))
})
afterEach(() => rm(scratch, { recursive: true, force: true }))

const TESTS = `
  describe('within', () => {
    test('holds', () => {})
    test('does not hold', () => expect(1, 'one').toBe(2))
    test.skip('is skipped', () => {})
  })`
const ofVitest = `import { describe, expect, test } from 'vitest'${TESTS}`
const ofPlaywright = `import { expect, test } from '@playwright/test'
  const { describe } = test${TESTS}`

async function reportOf(cli: string, args: string[], { args: more, environment, shape }: Report) {
  const file = path.join(scratch, 'report.json')
  // It must not think that it is part of this run.
  const ofThisRun = Object.keys(process.env).filter((name) => /^(VITEST|TEST|PLAYWRIGHT)/.test(name))
  const child = spawn(process.execPath, [cli, ...args, ...more(file)], {
    cwd: scratch,
    stdio: 'ignore',
    env: { ...process.env, ...Object.fromEntries(ofThisRun.map((name) => [name, undefined])), ...environment?.(file) },
  })
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  expect(code).toBe(1)
  return shape.parse(JSON.parse(await readFile(file, 'utf8')))
}

test('Vitest’s report names failed tests, and files that fail to load', async () => {
  await writeFile(path.join(scratch, 'fails.test.mjs'), ofVitest)
  for (const name of ['broken', 'another'])
    await writeFile(path.join(scratch, `${name}.test.mjs`), "throw new Error('not loaded')")
  const cli = path.join(root, 'node_modules/vitest/vitest.mjs')
  const { failures, ...counts } = await reportOf(cli, ['run', `--root=${scratch}`], vitest)
  expect(counts).toEqual({ passed: 1, failed: 3, skipped: 1 })
  const within = path.relative(process.cwd(), scratch)
  expect(failures.sort((one, other) => one.test.localeCompare(other.test))).toEqual([
    { test: path.join(within, 'another.test.mjs'), reason: expect.stringContaining('not loaded') },
    { test: path.join(within, 'broken.test.mjs'), reason: expect.stringContaining('not loaded') },
    {
      test: `${path.join(within, 'fails.test.mjs')} › within does not hold`,
      reason: expect.stringContaining('one: expected 1 to be 2'),
    },
  ])
})

test('Playwright’s report names failed tests', async () => {
  await writeFile(path.join(scratch, 'fails.spec.mjs'), ofPlaywright)
  const { failures, ...counts } = await reportOf(cliOfPlaywright, ['test'], playwright)
  expect(counts).toEqual({ passed: 1, failed: 1, skipped: 1 })
  expect(failures).toEqual([
    { test: 'fails.spec.mjs › within › does not hold', reason: expect.stringContaining('one') },
  ])
})

test('Playwright’s report names errors outside of tests', async () => {
  await writeFile(path.join(scratch, 'broken.spec.mjs'), "throw new Error('not loaded')")
  const { passed, failures } = await reportOf(cliOfPlaywright, ['test'], playwright)
  expect(passed).toBe(0)
  expect(failures).toContainEqual({
    test: path.join(path.relative(process.cwd(), scratch), 'broken.spec.mjs'),
    reason: expect.stringContaining('not loaded'),
  })
})

const whole = JSON.stringify({ numPassedTests: 2, numFailedTests: 0, testResults: [] })

for (const passed of [true, false])
  for (const [what, text, reason] of [
    ['is cut off', whole.slice(0, -5), 'SyntaxError'],
    ['has another shape', '{"tests": []}', 'Invalid input'],
  ] as const)
    test(`a report that ${what} fails a check that ${passed ? 'passed' : 'failed'}, but not the run`, () => {
      expect(tallyOf(passed, vitest, text)).toEqual({
        ...{ passed: 0, failed: 1, skipped: 0 },
        failures: [{ test: 'its report can’t be read', reason: expect.stringContaining(reason) }],
      })
    })

test('a check has the result of its report, and fails if its exit code does', () => {
  expect(tallyOf(true, vitest, whole)).toEqual({ passed: 2, failed: 0, skipped: 0, failures: [] })
  expect(tallyOf(false, vitest, whole)).toEqual({ passed: 2, failed: 1, skipped: 0, failures: [] })
  expect(tallyOf(true, vitest, undefined)).toEqual({ passed: 1, failed: 0, skipped: 0, failures: [] })
  expect(tallyOf(false, undefined, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [] })
})
