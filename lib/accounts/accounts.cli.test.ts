import { Command } from 'commander'
import { beforeEach, expect, test, vi } from 'vitest'
import { createKey } from '@/lib/accounts/keys/write'
import { createTestDatabase } from '@/lib/db/testing/database'
import { endOf, spawnSyro } from '@/lib/imports/testing/syro'
import { addAccountCommands } from './accounts.cli'
import { resetPassword } from './reset'
import { findSession } from './sessions/sessions'
import { emptyAccounts, newcomer, signedIn } from './testing/people'

/** The command line, as an operator meets it; all but one of its commands in this process, for a start takes seconds. */

const { pool, url } = await createTestDatabase()
beforeEach(() => emptyAccounts(pool))

/** @returns what the command prints. */
async function account(...words: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addAccountCommands(program, { inDatabase: (work) => work(), signal: new AbortController().signal })
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await program.parseAsync(['account', ...words], { from: 'user' })
    return print.mock.calls.flat().join('\n')
  } finally {
    print.mockRestore()
  }
}

test('lists accounts, oldest first', async () => {
  expect(await account('list')).toBe('Nobody has an account yet.')
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
  expect(await account('promote', ada.email.toUpperCase())).toBe(`${ada.email} is an operator now.`)
  expect(await findSession(browser)).toMatchObject({ role: 'operator' })
  expect(await account('demote', ada.email)).toBe(`${ada.email} is a listener now.`)
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

test('sets a password that it is told, if it is one', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  const tell = (password: string) => {
    const child = spawnSyro(url, 'account', 'reset-password', '--stdin', ada.email)
    child.stdin?.end(`${password}\n`)
    return endOf(child)
  }
  expect(await tell('short')).toEqual({
    code: 1,
    out: '',
    err: 'Use 10 characters or more; a few words are easy to keep in mind.\n',
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

test('says so where there is no such account, or no such address', async () => {
  for (const command of ['promote', 'demote', 'verify', 'reset-password', 'delete']) {
    await expect(account(command, 'nobody@example.com')).rejects.toThrow('There is no account of nobody@example.com.')
    await expect(account(command, 'nobody')).rejects.toThrow('It must be an e-mail address.')
  }
})
