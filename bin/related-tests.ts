import path from 'node:path'

export type TestChoice = {
  /** Test files to run, closest to the change first. */
  run: string[]
  /** Test files that depend on the change and are left to `npm test`. */
  skipped: string[]
}

/** How many folders lie between two files; 0 within one folder. */
function distance(one: string, other: string): number {
  const [from, to] = [path.posix.dirname(one).split('/'), path.posix.dirname(other).split('/')]
  let shared = 0
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared += 1
  return from.length + to.length - 2 * shared
}

/**
 * Chooses which tests a quick check runs: changed test files always, then those in the folders closest to the change.
 * @param tests test files that import a changed file, directly or not. All paths are relative to the project.
 * @param slow test files that run only if they were changed themselves.
 * @param limit maximum number of files to run.
 */
export function chooseTests(
  tests: readonly string[],
  changed: readonly string[],
  { slow, limit }: { slow: readonly string[]; limit: number },
): TestChoice {
  const rank = (test: string) =>
    changed.includes(test) ? -1 : Math.min(...changed.map((file) => distance(file, test)))
  const ranked = tests
    .filter((test) => changed.includes(test) || !slow.includes(test))
    .map((test) => ({ test, rank: rank(test) }))
    .sort((one, other) => one.rank - other.rank || (one.test < other.test ? -1 : 1))
  const run = ranked.slice(0, limit).map(({ test }) => test)
  return { run, skipped: tests.filter((test) => !run.includes(test)) }
}
