import { expect, test, vi } from 'vitest'
import { createPageHeaders } from './security-headers'

test('a page runs its own scripts only, and blocked ones are logged in one line', () => {
  const say = vi.fn()
  const { 'content-security-policy': policy } = createPageHeaders(
    new Set(['one()']),
    say,
  )('<script>one()</script><script>two()\nthree()</script>')
  const directives = Object.fromEntries((policy ?? '').split('; ').map((each) => each.split(/ (.*)/, 2)))
  expect(directives['script-src']).toMatch(/^'self' 'sha256-[^']+'$/)
  expect(policy?.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe')
  expect(say.mock.calls).toEqual([[expect.stringMatching(/^A page has an inline script .*: two\(\)\ufffdthree\(\)$/)]])
})
