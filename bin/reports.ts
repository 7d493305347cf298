import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

/** Parses the reports of test runners for the summary of `npm test`. */

export interface Failure {
  /** File and title. */
  test: string
  /** The first line of the error. */
  reason: string
}

export interface Tally {
  passed: number
  failed: number
  skipped: number
  failures: Failure[]
}

/** How a check writes its report to a file, and how to parse it. */
export interface Report {
  args: (file: string) => string[]
  environment?: (file: string) => Record<string, string>
  shape: z.ZodType<Tally>
}

const failure = (names: readonly string[], message: string | undefined): Failure => ({
  test: names.join(' › '),
  reason: stripVTControlCharacters(message ?? '').split('\n', 1)[0] ?? '',
})

const Vitest = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    testResults: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        message: z.string().optional(),
        assertionResults: z.array(
          z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
        ),
      }),
    ),
  })
  .transform((report): Tally => {
    const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = path.relative(process.cwd(), name)
      const failed = assertionResults.filter((result) => result.status === 'failed')
      // A file that fails to load has no tests.
      if (status === 'failed' && failed.length === 0) return [failure([file], message)]
      return failed.map(({ fullName, failureMessages }) => failure([file, fullName], failureMessages?.[0]))
    })
    // Vitest doesn't count such a file either.
    const failed = Math.max(report.numFailedTests, failures.length)
    const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
    const skipped = tests.filter(({ status }) => status === 'skipped' || status === 'pending').length
    return { passed: report.numPassedTests, failed, skipped, failures }
  })

const Spec = z.object({
  title: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({ results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })) }),
  ),
})

const Suite = z.object({
  title: z.string(),
  specs: z.array(Spec),
  get suites() {
    return z.array(Suite).optional()
  },
})

/** @param within titles of the enclosing suites; the outermost is the file. */
function failuresIn({ title, specs, suites = [] }: z.infer<typeof Suite>, within: string[]): Failure[] {
  const titles = [...within, title]
  const failed = specs.filter(({ ok }) => !ok)
  return [
    ...failed.map((spec) => {
      const errors = spec.tests.flatMap(({ results }) => results.map(({ error }) => error))
      return failure([...titles, spec.title], errors.find(Boolean)?.message)
    }),
    ...suites.flatMap((suite) => failuresIn(suite, titles)),
  ]
}

const Playwright = z
  .object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
    suites: z.array(Suite),
    // Errors outside of tests.
    errors: z.array(z.object({ message: z.string().optional(), location: z.object({ file: z.string() }).optional() })),
  })
  .transform(
    ({ stats, suites, errors }): Tally => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
      failures: [
        ...errors.map(({ message, location }) =>
          failure([path.relative(process.cwd(), location?.file ?? '')], message),
        ),
        ...suites.flatMap((suite) => failuresIn(suite, [])),
      ],
    }),
  )

export const vitest: Report = {
  args: (file) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  shape: Vitest,
}

export const playwright: Report = {
  args: () => ['--reporter=list,json'],
  environment: (file) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
  shape: Playwright,
}

/**
 * The result of a check. It has also failed if its exit code says so, or if its report is missing or unreadable.
 * @param text the report, if there is one.
 */
export function tallyOf(passed: boolean, report: Report | undefined, text: string | undefined): Tally {
  if (!report || text === undefined) return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0, failures: [] }
  const read = tallyIn(report, text)
  return passed ? read : { ...read, failed: Math.max(read.failed, 1) }
}

function tallyIn({ shape }: Report, text: string): Tally {
  try {
    return shape.parse(JSON.parse(text))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    return { passed: 0, failed: 1, skipped: 0, failures: [failure(['its report can’t be read'], reason)] }
  }
}
