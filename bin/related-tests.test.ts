import { expect, test } from 'vitest'
import { chooseTests } from './related-tests'

const tests = ['lib/a/far.test.ts', 'lib/b/near.test.ts', 'lib/b/deep/x.test.ts', 'lib/b/slow.test.ts']

test('runs the tests closest to the change first, up to the limit', () => {
  expect(chooseTests(tests, ['lib/b/file.ts'], { slow: ['lib/b/slow.test.ts'], limit: 2 })).toEqual({
    run: ['lib/b/near.test.ts', 'lib/b/deep/x.test.ts'],
    skipped: ['lib/a/far.test.ts', 'lib/b/slow.test.ts'],
  })
})

test('runs a changed test file even if it is slow', () => {
  const { run } = chooseTests(tests, ['lib/b/slow.test.ts', 'lib/a/file.ts'], {
    slow: ['lib/b/slow.test.ts'],
    limit: 2,
  })
  expect(run).toEqual(['lib/b/slow.test.ts', 'lib/a/far.test.ts'])
})

test('runs nothing when no test depends on the change', () => {
  expect(chooseTests([], ['docs/api.md'], { slow: [], limit: 2 })).toEqual({ run: [], skipped: [] })
})
