import { beforeEach, expect, test, vi } from 'vitest'
import { emptyAccounts, newcomer, signedIn } from '@/lib/accounts/testing/people'
import { setRole } from '@/lib/accounts/write'
import { createTestDatabase } from '@/lib/db/testing/database'
import { currentUser, requireOperator, requireUser } from './current'

/** Stands in for the request that Next.js knows. */
let browser = new Headers()
vi.mock('next/headers', () => ({
  cookies: async () => ({
    getAll: () =>
      (browser.get('cookie') ?? '')
        .split('; ')
        .filter(Boolean)
        .map((pair) => pair.split('='))
        .map(([name, ...value]) => ({ name, value: decodeURIComponent(value.join('=')) })),
  }),
}))

const { pool } = await createTestDatabase()
beforeEach(async () => {
  await emptyAccounts(pool)
  browser = new Headers()
})

/** The digest by which Next.js recognises its own errors. */
const digestOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error) => String(error.digest),
  )

test('a guest is redirected to the sign-in page', async () => {
  expect(await currentUser()).toBeNull()
  for (const required of [requireUser(), requireOperator()])
    expect(await digestOf(required)).toMatch(/^NEXT_REDIRECT;.*;\/sign-in;/)
})

test('operators’ pages are not found for a listener', async () => {
  const ada = await newcomer('Ada')
  browser = await signedIn(ada)
  expect(await requireUser()).toMatchObject({ name: 'Ada', role: 'listener' })
  expect(await digestOf(requireOperator())).toBe('NEXT_HTTP_ERROR_FALLBACK;404')
  await setRole(ada.email, 'operator')
  expect(await requireOperator()).toMatchObject({ name: 'Ada', role: 'operator' })
})
