import { beforeEach, expect, test } from 'vitest'
import { syro } from '@/bin/testing'
import { createKey } from '@/lib/accounts/keys/write'
import { createTestDatabase } from '@/lib/db/testing/database'
import { resetPassword } from './reset'
import { findSession } from './sessions/sessions'
import { emptyAccounts, newcomer, signedIn } from './testing/people'

const { pool } = await createTestDatabase()
beforeEach(() => emptyAccounts(pool))

/** @returns the output of a command that succeeds. */
async function account(...words: string[]): Promise<string> {
  const { code, out, err } = await syro(['account', ...words])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out.trimEnd()
}

test('lists accounts, oldest first', async () => {
  expect(await account('list')).toBe('No accounts.')
  const [ada, eve] = [await newcomer('Ada'), await newcomer('Eve')]
  await createKey(1, 'Player')
  const lines = (await account('list')).split('\n')
  expect(lines[0]).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\d  listener  ${ada.email}  Ada  1 key  not confirmed$`))
  expect(lines[1]).toContain(eve.email)
  const out = await account('list', '--json')
  expect(JSON.parse(out)).toMatchObject([
    { id: 1, email: ada.email, name: 'Ada', role: 'listener', emailVerified: false, keys: 1 },
    { id: 2, keys: 0 },
  ])
  expect(out).not.toMatch(/password|scrypt/)
})

test('makes an operator and a listener again, and confirms an address', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  expect(await account('promote', ada.email.toUpperCase())).toBe(`${ada.email} is now an operator.`)
  expect(await findSession(browser)).toMatchObject({ role: 'operator' })
  expect(await account('demote', ada.email)).toBe(`${ada.email} is now a listener.`)
  expect(await findSession(browser)).toMatchObject({ role: 'listener' })
  await account('verify', ada.email)
  expect((await pool.query('SELECT email_verified FROM user_account')).rows).toEqual([{ email_verified: true }])
})

test('prints a link that sets a password', async () => {
  const ada = await newcomer('Ada')
  const link = new URL(await account('reset-password', ada.email))
  expect(link.pathname).toBe('/reset-password')
  const password = 'another long password'
  expect(await resetPassword({ token: link.searchParams.get('token') ?? '', password })).not.toBeNull()
  await signedIn({ ...ada, password })
})

test('sets a valid password from standard input', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  const tell = (password: string) =>
    syro(['account', 'reset-password', '--stdin', ada.email], { stdin: `${password}\n` })
  expect(await tell('short')).toEqual({
    code: 1,
    out: '',
    err: 'Use at least 10 characters. A few words are easy to remember.\n',
  })
  expect(await findSession(browser)).not.toBeNull()
  const { out } = await tell('another long password')
  expect(out).toBe(`${ada.email} has a new password, and is signed out everywhere.\n`)
  expect(await findSession(browser)).toBeNull()
  await signedIn({ ...ada, password: 'another long password' })
})

test('deletes an account', async () => {
  const ada = await newcomer('Ada')
  await account('delete', ada.email)
  expect((await pool.query('SELECT FROM user_account')).rowCount).toBe(0)
})

test('reports unknown accounts and invalid addresses', async () => {
  for (const command of ['promote', 'demote', 'verify', 'reset-password', 'delete']) {
    expect(await syro(['account', command, 'nobody@example.com'])).toEqual({
      code: 1,
      out: '',
      err: 'No account found for nobody@example.com.\n',
    })
    expect(await syro(['account', command, 'nobody'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('It must be an e-mail address.'),
    })
  }
})
