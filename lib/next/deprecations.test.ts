import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test, vi } from 'vitest'
import { silenceMiddlewareWarning } from './deprecations'

const require = createRequire(import.meta.url)

test('drops the warning about middleware.ts and no other', async () => {
  const bundler = await readFile(require.resolve('next/dist/server/lib/router-utils/setup-dev-bundler'), 'utf8')
  const [warning = ''] = /Learn more: https:\/\/nextjs\.org\/docs\/messages\/middleware-to-proxy/.exec(bundler) ?? []
  expect(warning).not.toBe('')
  const warn = vi.fn()
  const log = { warn }
  silenceMiddlewareWarning(log)
  log.warn('⚠', warning)
  log.warn('⚠', 'Something else is deprecated.')
  expect(warn.mock.calls).toEqual([['⚠', 'Something else is deprecated.']])
})
