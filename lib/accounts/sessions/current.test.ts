import { beforeEach, expect, test, vi } from 'vitest'
import { emptyAccounts, newcomer, signedIn } from '@/lib/accounts/testing/people'
import { setRole } from '@/lib/accounts/write'
import { createTestDatabase } from '@/lib/db/testing/database'
import { currentUser, requireUser } from './current'

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

test('a guest is redirected to the sign-in page', async () => {
  expect(await currentUser()).toBeNull()
  const digest = requireUser().catch((error) => String(error.digest))
  expect(await digest).toMatch(/^NEXT_REDIRECT;.*;\/sign-in;/)
})

test('a session has the name and the role of its user', async () => {
  const ada = await newcomer('Ada')
  browser = await signedIn(ada)
  expect(await requireUser()).toMatchObject({ name: 'Ada', role: 'listener' })
  await setRole(ada.email, 'operator')
  expect(await requireUser()).toMatchObject({ name: 'Ada', role: 'operator' })
})
