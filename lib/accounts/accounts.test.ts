import { beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { auth } from './auth'
import { deleteAccount, siteSecret } from './commands'
import { createKey } from './keys/commands'
import { findKey } from './keys/find'
import * as passwords from './passwords'
import { changePassword, deleteOwnAccount } from './profile/commands'
import { makeResetToken, requestReset, resetPassword } from './reset'
import { endSession, findSession, renewSession } from './sessions/sessions'
import { type SignedIn, signIn, WRONG_PASSWORD } from './sign-in'
import { signUp } from './sign-up'
import { browserWith, emptyAccounts, newAddress, newcomer, newEmail, PASSWORD, signedIn } from './testing/people'

// Hashes are counted, and cheap.
vi.mock('./passwords', async (original) => {
  const actual = await original<typeof passwords>()
  return {
    ...actual,
    hashPassword: vi.fn((password: string) => actual.hashPassword(password, { ln: 4, r: 1, p: 1 })),
    verifyPassword: vi.fn(actual.verifyPassword),
  }
})

const { pool } = await createTestDatabase()

beforeEach(async () => {
  await emptyAccounts(pool)
})

/** Hashes that `work` computes. */
async function hashesOf(work: () => Promise<unknown>): Promise<number> {
  const computed = () =>
    vi.mocked(passwords.hashPassword).mock.calls.length + vi.mocked(passwords.verifyPassword).mock.calls.length
  const before = computed()
  await work()
  return computed() - before
}

/** Whether the password was tried, and was not the right one. */
const isWrong = (answer: SignedIn): boolean => 'refused' in answer && answer.refused === WRONG_PASSWORD
const refusal = (reason: string) => ({ refused: expect.stringContaining(reason) })

test('who has signed up can sign in, and is known then', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  expect(await findSession(browser)).toMatchObject({ name: 'Ada', email: ada.email, role: 'listener' })
  expect(await findSession(new Headers())).toBeNull()
})

test('nobody makes themselves an operator', async () => {
  const body = { name: 'Eve', email: newEmail('eve'), password: PASSWORD }
  await signUp({ ...body, role: 'operator' } as typeof body, newAddress())
  const { api } = await auth()
  const other = { ...body, email: newEmail('eve'), role: 'operator' } as typeof body
  await api.signUpEmail({ body: other })
  const { rows } = await pool.query('SELECT role FROM user_account')
  expect(rows).toEqual([{ role: 'listener' }, { role: 'listener' }])
})

test('the cookie of a session is for the server alone, and is not sent with requests of other sites', async () => {
  const answer = await signIn(await newcomer('Ada'), newAddress())
  const cookies = 'cookies' in answer ? answer.cookies : []
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/^syro\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('neither passwords nor sessions nor links can be read from the database', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  const token = await makeResetToken(ada.email)
  const { rows } = await pool.query(
    `SELECT to_json(s) AS session, to_json(c) AS credential, to_json(t) AS token
     FROM user_session s, user_credential c, user_token t`,
  )
  const kept = JSON.stringify(rows)
  const [, session = ''] = /=([^.]+)/.exec(decodeURIComponent(browser.get('cookie') ?? '')) ?? []
  expect(session.length).toBeGreaterThan(30)
  for (const secret of [PASSWORD, session, token]) expect(kept).not.toContain(secret)
  // Nor does what is there make a session.
  const { rows: kepts } = await pool.query('SELECT token FROM user_session')
  const forged = (browser.get('cookie') ?? '').replace(session, kepts[0].token)
  expect(await findSession(new Headers({ cookie: forged }))).toBeNull()
})

test('an unknown address and a wrong password are one answer, and one hash', async () => {
  const ada = await newcomer('Ada')
  const unknown = { email: newEmail(), password: PASSWORD }
  const wrong = { email: ada.email, password: 'wrong horse battery' }
  for (const given of [unknown, wrong])
    expect(
      await hashesOf(async () => expect(await signIn(given, newAddress())).toEqual({ refused: WRONG_PASSWORD })),
    ).toBe(1)
})

test('signing up a taken address is answered like any other, takes a hash too, and changes nothing', async () => {
  const ada = await newcomer('Ada')
  const again = { name: 'Eve', email: ada.email, password: 'another long password' }
  expect(await hashesOf(async () => expect(await signUp(again, newAddress())).toBeNull())).toBe(1)
  const fresh = { name: 'Eve', email: newEmail('eve'), password: 'another long password' }
  expect(await hashesOf(async () => expect(await signUp(fresh, newAddress())).toBeNull())).toBe(1)
  expect(await signIn(again, newAddress())).toEqual({ refused: WRONG_PASSWORD })
  expect(await findSession(await signedIn(ada))).toMatchObject({ name: 'Ada' })
})

test('of those who sign up one address at once, one gets it and all are told the same', async () => {
  const email = newEmail()
  const answers = await Promise.all(
    [1, 2, 3].map((index) => signUp({ name: `${index}`, email, password: PASSWORD }, newAddress())),
  )
  expect(answers).toEqual([null, null, null])
  expect((await pool.query('SELECT FROM user_account')).rowCount).toBe(1)
  expect((await pool.query('SELECT FROM user_credential')).rowCount).toBe(1)
})

test('a password is guessed ten times and not more, from however many addresses; the right one does not count', async () => {
  const ada = await newcomer('Ada')
  for (let index = 0; index < 12; index++) await signedIn(ada)
  const guess = () => signIn({ email: ada.email, password: 'wrong horse battery' }, newAddress())
  const guesses = await Promise.all(Array.from({ length: 15 }, guess))
  expect(guesses.filter(isWrong)).toHaveLength(10)
  expect(await hashesOf(async () => expect(await guess()).toEqual(refusal('Try again in 15 minutes.')))).toBe(0)
  expect(await signIn(ada, newAddress())).toEqual(refusal('tried too often'))
  // It is the same for an address that has no account.
  const email = newEmail()
  const unknown = await Promise.all(
    Array.from({ length: 15 }, () => signIn({ email, password: PASSWORD }, newAddress())),
  )
  expect(unknown.filter(isWrong)).toHaveLength(10)
})

test('one address does not try a password on many accounts', async () => {
  const address = newAddress()
  const answers = await Promise.all(
    Array.from({ length: 55 }, () => signIn({ email: newEmail(), password: PASSWORD }, address)),
  )
  expect(answers.filter(isWrong)).toHaveLength(50)
})

test('one address does not make accounts without end', async () => {
  const address = newAddress()
  const answers = await Promise.all(
    Array.from({ length: 22 }, () => signUp({ name: 'Eve', email: newEmail(), password: PASSWORD }, address)),
  )
  expect(answers.filter((answer) => answer === null)).toHaveLength(20)
})

test('a session that is ended is none, and the others stay', async () => {
  const ada = await newcomer('Ada')
  const [here, there] = [await signedIn(ada), await signedIn(ada)]
  const cookies = await endSession(here)
  expect(cookies.join()).toMatch(/syro\.session_token=; Max-Age=0/)
  expect(await findSession(here)).toBeNull()
  expect(await findSession(there)).not.toBeNull()
})

test('a session that is used lives on; one that is not ends', async () => {
  const browser = await signedIn(await newcomer('Ada'))
  expect((await renewSession(browser)).cookies).toEqual([])
  await pool.query(`UPDATE user_session SET expires_at = now() + interval '28 days'`)
  expect((await renewSession(browser)).cookies.join()).toContain('Max-Age=2592000')
  await pool.query(`UPDATE user_session SET expires_at = now() + interval '28 days'`)
  await findSession(browser)
  const { rows } = await pool.query("SELECT expires_at < now() + interval '29 days' AS unchanged FROM user_session")
  expect(rows).toEqual([{ unchanged: true }])
  await pool.query(`UPDATE user_session SET expires_at = now() - interval '1 second'`)
  expect(await findSession(browser)).toBeNull()
  const { user, cookies } = await renewSession(browser)
  expect(user).toBeNull()
  expect(cookies.join()).toContain('Max-Age=0')
})

test('sessions that have ended are cleared away when somebody signs in', async () => {
  const ada = await newcomer('Ada')
  await signedIn(ada)
  await pool.query(`UPDATE user_session SET expires_at = now() - interval '1 second'`)
  await signedIn(ada)
  expect((await pool.query('SELECT FROM user_session')).rowCount).toBe(1)
})

test('a changed password ends every other session, and the old one is good for nothing', async () => {
  const ada = await newcomer('Ada')
  const [here, there] = [await signedIn(ada), await signedIn(ada)]
  const who = { email: ada.email, address: newAddress(), headers: here }
  const next = 'another long password'
  expect(await changePassword({ current: 'wrong horse battery', password: next }, who)).toEqual(
    refusal('not your password'),
  )
  expect(await findSession(there)).not.toBeNull()

  const answer = await changePassword({ current: ada.password, password: next }, who)
  for (const old of [here, there]) expect(await findSession(old)).toBeNull()
  expect(await findSession(browserWith('cookies' in answer ? answer.cookies : []))).toMatchObject({ name: 'Ada' })
  expect(await signIn(ada, newAddress())).toEqual({ refused: WRONG_PASSWORD })
  await signedIn({ ...ada, password: next })
})

test('a link sets a password once, and ends every session', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  const token = (await makeResetToken(ada.email)) ?? ''
  const password = 'another long password'
  expect(await resetPassword({ token: `${token}x`, password })).toBe(false)
  expect(await resetPassword({ token, password })).toBe(true)
  expect(await resetPassword({ token, password: 'yet another password' })).toBe(false)
  expect(await findSession(browser)).toBeNull()
  await signedIn({ ...ada, password })
})

test('a link that is an hour old sets nothing', async () => {
  const ada = await newcomer('Ada')
  const token = (await makeResetToken(ada.email, Date.now() - 3_600_000)) ?? ''
  expect(await resetPassword({ token, password: 'another long password' })).toBe(false)
})

test('asking for a link is answered alike for all, before it is known who they are', async () => {
  const ada = await newcomer('Ada')
  for (const email of [ada.email, newEmail()]) {
    const { refused, sent } = await requestReset({ email }, newAddress())
    expect(refused).toBeNull()
    await sent
  }
  expect(await makeResetToken(newEmail())).toBeNull()
})

test('a deleted account takes its sessions, its keys and its links with it, and nobody else’s', async () => {
  const [ada, eve] = [await newcomer('Ada'), await newcomer('Eve')]
  const [browser, other] = [await signedIn(ada), await signedIn(eve)]
  const [key, otherKey] = [
    await createKey((await findSession(browser))?.id ?? 0, 'Player'),
    await createKey((await findSession(other))?.id ?? 0, 'Player'),
  ]
  await makeResetToken(ada.email)
  const who = { email: ada.email, address: newAddress(), headers: browser }
  expect(await deleteOwnAccount({ password: 'wrong horse battery' }, who)).toContain('not your password')
  expect(await findKey(key)).not.toBeNull()

  expect(await deleteOwnAccount({ password: ada.password }, who)).toBeNull()
  expect(await findSession(browser)).toBeNull()
  expect(await findKey(key)).toBeNull()
  expect(await signIn(ada, newAddress())).toEqual({ refused: WRONG_PASSWORD })
  expect((await pool.query('SELECT FROM user_token')).rowCount).toBe(0)
  expect(await findSession(other)).not.toBeNull()
  expect(await findKey(otherKey)).not.toBeNull()
  expect(await deleteAccount(ada.email)).toBe(false)
})

test('the site’s secret is made once, by whoever is first', async () => {
  await pool.query('DELETE FROM site_secret')
  const secrets = await Promise.all(Array.from({ length: 5 }, siteSecret))
  expect(new Set(secrets).size).toBe(1)
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(43)
})

test('a fault of the database is a fault, not a wrong password', async () => {
  const ada = await newcomer('Ada')
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  await pool.query('ALTER TABLE user_credential RENAME TO user_credential_away')
  try {
    await expect(signIn(ada, newAddress())).rejects.toThrow()
    await expect(signUp({ ...ada, email: newEmail() }, newAddress())).rejects.toThrow()
  } finally {
    await pool.query('ALTER TABLE user_credential_away RENAME TO user_credential')
    said.mockRestore()
  }
  expect((await pool.query('SELECT FROM user_account')).rowCount).toBe(1)
  await signedIn(ada)
})
