import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createKey } from '@/lib/accounts/keys/write'
import { changePassword, deleteOwnAccount } from '@/lib/accounts/profile/write'
import { createTestDatabase } from '@/lib/db/testing/database'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/observability/log'
import { auth } from './auth'
import { findKey } from './keys/find'
import * as passwords from './passwords'
import { makeResetToken, requestReset, resetPassword } from './reset'
import { endSession, findSession, renewSession } from './sessions/sessions'
import { type FormClient, type SignInResult, signIn, WRONG_PASSWORD } from './sign-in'
import { attempt } from './sign-in-attempts'
import { signUp } from './sign-up'
import {
  browserWith,
  emptyAccounts,
  newAddress,
  newBrowser,
  newcomer,
  newEmail,
  PASSWORD,
  signedIn,
} from './testing/people'
import { deleteAccount, siteSecret } from './write'

/** Database connections in use whenever a password is hashed or verified. */
const inUse: number[] = []
/** Concurrent hashes and verifications: the current number and the maximum. */
const atOnce = { now: 0, most: 0 }

async function noting<Result>(work: () => Promise<Result>): Promise<Result> {
  inUse.push(pool.totalCount - pool.idleCount)
  atOnce.now += 1
  atOnce.most = Math.max(atOnce.most, atOnce.now)
  return work().finally(() => {
    atOnce.now -= 1
  })
}

// Hashes are counted, and at low cost.
vi.mock('./passwords', async (original) => {
  const actual = await original<typeof passwords>()
  return {
    ...actual,
    hashPassword: vi.fn((password: string) => noting(() => actual.hashPassword(password, { ln: 4, r: 1, p: 1 }))),
    verifyPassword: vi.fn((given: { hash: string; password: string }) => noting(() => actual.verifyPassword(given))),
  }
})

const { pool } = await createTestDatabase()

beforeEach(async () => {
  inUse.length = 0
  atOnce.most = 0
  await emptyAccounts(pool)
})

/** The number of hashes that `work` computes. */
async function hashesOf(work: () => Promise<unknown>): Promise<number> {
  const computed = () =>
    vi.mocked(passwords.hashPassword).mock.calls.length + vi.mocked(passwords.verifyPassword).mock.calls.length
  const before = computed()
  await work()
  return computed() - before
}

/** Whether the attempt was allowed and the password wrong. */
const isWrong = (answer: SignInResult): boolean => 'refused' in answer && answer.refused === WRONG_PASSWORD
const refusal = (reason: string) => ({ refused: expect.stringContaining(reason) })

test('a new user can sign in and has a session', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  expect(await findSession(browser)).toMatchObject({ name: 'Ada', email: ada.email, role: 'listener' })
  expect(await findSession(new Headers())).toBeNull()
})

test('sign-up can’t set the operator role', async () => {
  const body = { name: 'Eve', email: newEmail('eve'), password: PASSWORD }
  await signUp({ ...body, role: 'operator' } as typeof body, newAddress())
  const { api } = await auth()
  const other = { ...body, email: newEmail('eve'), role: 'operator' } as typeof body
  await api.signUpEmail({ body: other })
  const { rows } = await pool.query('SELECT role FROM user_account')
  expect(rows).toEqual([{ role: 'listener' }, { role: 'listener' }])
})

test('session cookies are HttpOnly and SameSite', async () => {
  const answer = await signIn(await newcomer('Ada'), newBrowser())
  const [session, device, ...others] = 'cookies' in answer ? answer.cookies : []
  expect(session).toMatch(/^syro\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(device).toMatch(/^syro_device=[^;]+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(others).toEqual([])
})

test('the database holds hashes of passwords, sessions and links only', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  const token = await makeResetToken(ada.email)
  const { rows } = await pool.query(
    `SELECT to_json(s) AS session, to_json(c) AS credential, to_json(t) AS token
     FROM user_session s, user_credential c, user_token t`,
  )
  const stored = JSON.stringify(rows)
  const [, session = ''] = /=([^.]+)/.exec(decodeURIComponent(browser.get('cookie') ?? '')) ?? []
  expect(session.length).toBeGreaterThan(30)
  for (const secret of [PASSWORD, session, token]) expect(stored).not.toContain(secret)
  // A stored token makes no valid session cookie.
  const { rows: kepts } = await pool.query('SELECT token FROM user_session')
  const forged = (browser.get('cookie') ?? '').replace(session, kepts[0].token)
  expect(await findSession(new Headers({ cookie: forged }))).toBeNull()
})

test('an unknown address and a wrong password get the same response and cost one hash', async () => {
  const ada = await newcomer('Ada')
  const unknown = { email: newEmail(), password: PASSWORD }
  const wrong = { email: ada.email, password: 'wrong horse battery' }
  for (const given of [unknown, wrong])
    expect(
      await hashesOf(async () => expect(await signIn(given, newBrowser())).toEqual({ refused: WRONG_PASSWORD })),
    ).toBe(1)
})

test('signing up a taken address gets the same response, costs a hash and changes nothing', async () => {
  const ada = await newcomer('Ada')
  const again = { name: 'Eve', email: ada.email, password: 'another long password' }
  expect(await hashesOf(async () => expect(await signUp(again, newAddress())).toBeNull())).toBe(1)
  const fresh = { name: 'Eve', email: newEmail('eve'), password: 'another long password' }
  expect(await hashesOf(async () => expect(await signUp(fresh, newAddress())).toBeNull())).toBe(1)
  expect(await signIn(again, newBrowser())).toEqual({ refused: WRONG_PASSWORD })
  expect(await findSession(await signedIn(ada))).toMatchObject({ name: 'Ada' })
})

test('concurrent sign-ups of an address create one account and get the same response', async () => {
  const email = newEmail()
  const answers = await Promise.all(
    [1, 2, 3].map((index) => signUp({ name: `${index}`, email, password: PASSWORD }, newAddress())),
  )
  expect(answers).toEqual([null, null, null])
  expect((await pool.query('SELECT FROM user_account')).rowCount).toBe(1)
  expect((await pool.query('SELECT FROM user_credential')).rowCount).toBe(1)
})

/** Runs `work` repeatedly, one run after the other. */
async function repeat<Result>(times: number, work: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (let index = 0; index < times; index++) results.push(await work())
  return results
}

describe('wrong passwords', () => {
  /** Uses up an account's attempts, each from another network. */
  const exhaust = async (email: string) => {
    while ((await attempt('password', { email, address: newAddress() })).refused === null);
  }
  const wrong = (email: string) => ({ email, password: 'wrong horse battery' })

  test('are limited to ten per network; right ones don’t count', async () => {
    const ada = await newcomer('Ada')
    const from = newBrowser()
    await repeat(12, () => signIn(ada, from))
    const answers = await repeat(12, () => signIn(wrong(ada.email), from))
    expect(answers.filter(isWrong)).toHaveLength(10)
    const refused = refusal('Try again in 15 minutes.')
    expect(await hashesOf(async () => expect(await signIn(wrong(ada.email), from)).toEqual(refused))).toBe(0)
    expect(await signIn(ada, from)).toEqual(refused)
    // An address without an account is treated alike.
    const unknown = newEmail()
    const other = newBrowser()
    expect((await repeat(12, () => signIn(wrong(unknown), other))).filter(isWrong)).toHaveLength(10)
  })

  test('from one network lock out no other network', async () => {
    const ada = await newcomer('Ada')
    const attacker = newBrowser()
    await repeat(12, () => signIn(wrong(ada.email), attacker))
    expect(await signIn(ada, newBrowser())).toHaveProperty('cookies')
  })

  test('from many networks are limited, but never lock out a browser that has signed in before', async () => {
    const ada = await newcomer('Ada')
    const known = await knownBrowser(ada)
    await exhaust(ada.email)
    expect(await signIn(ada, newBrowser())).toEqual(refusal('Too many attempts'))
    expect(await signIn(ada, known)).toHaveProperty('cookies')
    // Such a browser has ten attempts of its own, and uses up no others.
    expect((await repeat(12, () => signIn(wrong(ada.email), known))).filter(isWrong)).toHaveLength(10)
  })

  test('the device cookie is valid for its own account only', async () => {
    const [ada, eve] = [await newcomer('Ada'), await newcomer('Eve')]
    const known = await knownBrowser(eve)
    await exhaust(ada.email)
    expect(await signIn(ada, known)).toEqual(refusal('Too many attempts'))
    expect(await signIn(eve, known)).toHaveProperty('cookies')
  })

  test('a password that is set by a link works at the next sign-in', async () => {
    const ada = await newcomer('Ada')
    await exhaust(ada.email)
    const reset = await resetPassword({
      token: (await makeResetToken(ada.email)) ?? '',
      password: 'another long password',
    })
    const devices = devicesIn(reset?.cookies ?? [])
    const answer = await signIn({ ...ada, password: 'another long password' }, { ...newBrowser(), devices })
    expect(answer).toHaveProperty('cookies')
  })

  test('do not keep a signed-in user from changing the password', async () => {
    const ada = await newcomer('Ada')
    const headers = await signedIn(ada)
    await exhaust(ada.email)
    const who = { email: ada.email, headers, ...newBrowser() }
    const next = 'another long password'
    expect(await changePassword({ current: ada.password, password: next }, who)).toHaveProperty('cookies')
  })
})

/** The value of the device cookie; empty if it is not set. */
const devicesIn = (cookies: string[]): string => /syro_device=([^;]+)/.exec(cookies.join('\n'))?.[1] ?? ''

/** A browser in which this user has signed in. */
async function knownBrowser(person: { email: string; password: string }): Promise<FormClient> {
  const from = newBrowser()
  const answer = await signIn(person, from)
  return { ...from, devices: devicesIn('cookies' in answer ? answer.cookies : []) }
}

test('limits attempts on many accounts from one address', async () => {
  const from = newBrowser()
  const answers = await repeat(55, () => signIn({ email: newEmail(), password: PASSWORD }, from))
  expect(answers.filter(isWrong)).toHaveLength(50)
})

test('limits sign-ups from one address', async () => {
  const address = newAddress()
  const answers = await repeat(22, () => signUp({ name: 'Eve', email: newEmail(), password: PASSWORD }, address))
  expect(answers.filter((answer) => answer === null)).toHaveLength(20)
})

test('ending a session leaves the others', async () => {
  const ada = await newcomer('Ada')
  const [here, there] = [await signedIn(ada), await signedIn(ada)]
  const cookies = await endSession(here)
  expect(cookies.join()).toMatch(/syro\.session_token=; Max-Age=0/)
  expect(await findSession(here)).toBeNull()
  expect(await findSession(there)).not.toBeNull()
})

test('use renews a session; an unused one expires', async () => {
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

test('a sign-in deletes expired sessions', async () => {
  const ada = await newcomer('Ada')
  await signedIn(ada)
  await pool.query(`UPDATE user_session SET expires_at = now() - interval '1 second'`)
  await signedIn(ada)
  expect((await pool.query('SELECT FROM user_session')).rowCount).toBe(1)
})

test('a password change ends every other session, and the old password is refused', async () => {
  const ada = await newcomer('Ada')
  const [here, there] = [await signedIn(ada), await signedIn(ada)]
  const who = { email: ada.email, address: newAddress(), headers: here }
  const next = 'another long password'
  expect(await changePassword({ current: 'wrong horse battery', password: next }, who)).toEqual(
    refusal('not your current password'),
  )
  expect(await findSession(there)).not.toBeNull()

  const answer = await changePassword({ current: ada.password, password: next }, who)
  for (const old of [here, there]) expect(await findSession(old)).toBeNull()
  expect(await findSession(browserWith('cookies' in answer ? answer.cookies : []))).toMatchObject({ name: 'Ada' })
  expect(await signIn(ada, newBrowser())).toEqual({ refused: WRONG_PASSWORD })
  await signedIn({ ...ada, password: next })
})

test('a link sets a password once, and ends every session', async () => {
  const ada = await newcomer('Ada')
  const browser = await signedIn(ada)
  const token = (await makeResetToken(ada.email)) ?? ''
  const password = 'another long password'
  expect(await resetPassword({ token: `${token}x`, password })).toBeNull()
  expect(await resetPassword({ token, password })).not.toBeNull()
  expect(await resetPassword({ token, password: 'yet another password' })).toBeNull()
  expect(await findSession(browser)).toBeNull()
  await signedIn({ ...ada, password })
})

test('a new password invalidates the account’s links, and no other account’s', async () => {
  const [ada, eve] = [await newcomer('Ada'), await newcomer('Eve')]
  const link = async ({ email }: { email: string }) => (await makeResetToken(email)) ?? ''
  const [first, second, ofEve] = [await link(ada), await link(ada), await link(eve)]
  const password = 'another long password'
  expect(await resetPassword({ token: second, password })).not.toBeNull()
  expect(await resetPassword({ token: first, password: 'the password of a thief' })).toBeNull()

  const older = await link(ada)
  const who = { email: ada.email, headers: await signedIn({ ...ada, password }), ...newBrowser() }
  await changePassword({ current: password, password: 'yet another password' }, who)
  expect(await resetPassword({ token: older, password: 'the password of a thief' })).toBeNull()
  await signedIn({ ...ada, password: 'yet another password' })
  expect(await resetPassword({ token: ofEve, password })).not.toBeNull()
})

test('only one of two links used concurrently sets the password', async () => {
  const ada = await newcomer('Ada')
  const tokens = [(await makeResetToken(ada.email)) ?? '', (await makeResetToken(ada.email)) ?? '']
  const used = await Promise.all(
    tokens.map((token, index) => resetPassword({ token, password: `long password number ${index}` })),
  )
  expect(used.filter((each) => each !== null)).toHaveLength(1)
  expect((await pool.query('SELECT FROM user_token')).rowCount).toBe(0)
})

test('hashing holds no database connection', async () => {
  const ada = await newcomer('Ada')
  await signUp({ ...ada, name: 'Eve' }, newAddress())
  await signIn({ ...ada, email: newEmail() }, newBrowser())
  const headers = await signedIn(ada)
  const who = { email: ada.email, headers, ...newBrowser() }
  await changePassword({ current: ada.password, password: 'another long password' }, who)
  await resetPassword({ token: (await makeResetToken(ada.email)) ?? '', password: PASSWORD })
  await deleteOwnAccount({ password: PASSWORD }, { ...who, headers: await signedIn(ada) })
  expect(inUse).toHaveLength(9)
  expect(new Set(inUse)).toEqual(new Set([0]))
})

test('hashes at most two passwords at a time', async () => {
  const ada = await newcomer('Ada')
  await Promise.all([
    ...Array.from({ length: 5 }, () => signUp({ name: 'Eve', email: newEmail(), password: PASSWORD }, newAddress())),
    ...Array.from({ length: 5 }, () => signIn(ada, newBrowser())),
  ])
  expect(atOnce.most).toBe(2)
})

test('ten concurrent sign-ups succeed; of thirty, some find the queue full and can be retried', async () => {
  const signUps = (count: number) =>
    Promise.allSettled(
      Array.from({ length: count }, () => signUp({ name: 'Ada', email: newEmail(), password: PASSWORD }, newAddress())),
    )
  expect(new Set((await signUps(10)).map(({ status }) => status))).toEqual(new Set(['fulfilled']))
  const answers = await signUps(30)
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
  expect(refused.length).toBeGreaterThan(0)
  for (const reason of refused) expect(reason).toMatchObject({ code: 'unavailable' })
  const accounts = 10 + answers.length - refused.length
  expect((await pool.query('SELECT FROM user_account')).rowCount).toBe(accounts)
})

test('an attempt that finds the queue full does not count', async () => {
  const ada = await newcomer('Ada')
  const from = newBrowser()
  const wrong = { email: ada.email, password: 'wrong horse battery' }
  vi.mocked(passwords.verifyPassword).mockRejectedValueOnce(new AppError('unavailable', 'Busy.'))
  await expect(signIn(wrong, from)).rejects.toThrow('Busy.')
  expect((await repeat(11, () => signIn(wrong, from))).filter(isWrong)).toHaveLength(10)
})

test('a link expires after an hour', async () => {
  const ada = await newcomer('Ada')
  const token = (await makeResetToken(ada.email, Date.now() - 3_600_000)) ?? ''
  expect(await resetPassword({ token, password: 'another long password' })).toBeNull()
})

test('a reset request gets the same response for all, before the lookup', async () => {
  const ada = await newcomer('Ada')
  for (const email of [ada.email, newEmail()]) {
    const { refused, sent } = await requestReset({ email }, newAddress())
    expect(refused).toBeNull()
    await sent
  }
  expect(await makeResetToken(newEmail())).toBeNull()
})

test('deleting an account deletes its sessions, keys and links, and no others', async () => {
  const [ada, eve] = [await newcomer('Ada'), await newcomer('Eve')]
  const [browser, other] = [await signedIn(ada), await signedIn(eve)]
  const [key, otherKey] = [
    await createKey((await findSession(browser))?.id ?? 0, 'Player'),
    await createKey((await findSession(other))?.id ?? 0, 'Player'),
  ]
  await makeResetToken(ada.email)
  const who = { email: ada.email, address: newAddress(), headers: browser }
  expect(await deleteOwnAccount({ password: 'wrong horse battery' }, who)).toContain('not your current password')
  expect(await findKey(key)).not.toBeNull()

  expect(await deleteOwnAccount({ password: ada.password }, who)).toBeNull()
  expect(await findSession(browser)).toBeNull()
  expect(await findKey(key)).toBeNull()
  expect(await signIn(ada, newBrowser())).toEqual({ refused: WRONG_PASSWORD })
  expect((await pool.query('SELECT FROM user_token')).rowCount).toBe(0)
  expect(await findSession(other)).not.toBeNull()
  expect(await findKey(otherKey)).not.toBeNull()
  expect(await deleteAccount(ada.email)).toBe(false)
})

test('creates the site’s secret once, also concurrently', async () => {
  await pool.query('DELETE FROM site_secret')
  const secrets = await Promise.all(Array.from({ length: 5 }, siteSecret))
  expect(new Set(secrets).size).toBe(1)
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(43)
})

test('a database error is not reported as a wrong password', async () => {
  const ada = await newcomer('Ada')
  const logError = vi.spyOn(log, 'error').mockImplementation(() => {})
  await pool.query('ALTER TABLE user_credential RENAME TO user_credential_away')
  try {
    await expect(signIn(ada, newBrowser())).rejects.toThrow()
    await expect(signUp({ ...ada, email: newEmail() }, newAddress())).rejects.toThrow()
  } finally {
    await pool.query('ALTER TABLE user_credential_away RENAME TO user_credential')
    logError.mockRestore()
  }
  expect((await pool.query('SELECT FROM user_account')).rowCount).toBe(1)
  await signedIn(ada)
})
