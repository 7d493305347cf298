import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { changePassword } from '@/lib/accounts/profile/write'
import { requestReset, resetPassword } from '@/lib/accounts/reset'
import { findSession } from '@/lib/accounts/sessions/sessions'
import { signIn, WRONG_PASSWORD } from '@/lib/accounts/sign-in'
import { signUp } from '@/lib/accounts/sign-up'
import {
  browserWith,
  emptyAccounts,
  newAddress,
  newBrowser,
  newcomer,
  newEmail,
  PASSWORD,
  signedIn,
} from '@/lib/accounts/testing/people'
import { linkIn } from '@/lib/accounts/testing/smtp'
import { verifyAddress } from '@/lib/accounts/verify'
import { createTestDatabase } from '@/lib/db/testing/database'
import { log } from '@/lib/observability/log'
import { openMail } from './open'

/** A site that sends mail through a real mail server. */

const server = await vi.hoisted(async () => {
  const { TestMailServer } = await import('@/lib/accounts/testing/smtp')
  const server = new TestMailServer()
  process.env.SMTP_URL = await server.start()
  process.env.MAIL_FROM = 'SyroMusic <music@example.com>'
  process.env.SYRO_URL = 'https://music.example'
  return server
})

vi.mock('@/lib/accounts/passwords', async (original) => {
  const actual = await original<typeof import('@/lib/accounts/passwords')>()
  return { ...actual, hashPassword: (password: string) => actual.hashPassword(password, { ln: 4, r: 1, p: 1 }) }
})

const { pool } = await createTestDatabase()
const closeMail = openMail()

beforeEach(() => emptyAccounts(pool))
afterAll(async () => {
  await closeMail(AbortSignal.abort())
  await server.stop()
})

const confirmed = async (name: string) => {
  const person = await newcomer(name)
  const token = linkIn(await server.next(), '/verify')
  await verifyAddress({ token, password: person.password }, newBrowser())
  return person
}

test('a new user gets a link, and is signed in by link and password', async () => {
  const ada = await newcomer('Ada')
  const mail = await server.next()
  expect(mail.to).toEqual([ada.email])
  expect(mail.text).toMatch(/^From: SyroMusic <music@example\.com>/m)
  expect(mail.text).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(mail.text).toContain('https://music.example/verify?token=')
  expect(mail.text).toMatch(/Content-Type: text\/plain/)
  expect(mail.text).toMatch(/Content-Type: text\/html/)
  expect(mail.text).not.toContain(PASSWORD)

  const token = linkIn(mail, '/verify')
  const answer = await verifyAddress({ token, password: ada.password }, newBrowser())
  const cookies = 'cookies' in answer ? answer.cookies : []
  expect(await findSession(browserWith(cookies))).toMatchObject({ email: ada.email })
  expect(cookies[0]).toMatch(/^__Secure-syro\.session_token=.+; HttpOnly; Secure; SameSite=Lax$/)
  await signedIn(ada)
})

test('an unconfirmed user can’t sign in; the right password sends another link', async () => {
  const ada = await newcomer('Ada')
  await server.next()
  expect(await signIn({ ...ada, password: 'wrong horse battery' }, newBrowser())).toEqual({ refused: WRONG_PASSWORD })
  expect(await signIn(ada, newBrowser())).toEqual({ refused: expect.stringContaining('not confirmed yet') })
  const token = linkIn(await server.next(), '/verify')
  expect(server.left).toBe(0)
  expect(await verifyAddress({ token, password: ada.password }, newBrowser())).toHaveProperty('cookies')
})

test('a link without the password confirms no account', async () => {
  const email = newEmail('ada')
  await signUp({ name: 'Eve', email, password: 'the password of eve' }, newAddress())
  const token = linkIn(await server.next(), '/verify')
  expect(await verifyAddress({ token, password: PASSWORD }, newBrowser())).toEqual({
    refused: expect.stringContaining('Wrong password'),
  })
  // The owner of the address signs up too, and gets a link to reset the password.
  await signUp({ name: 'Ada', email, password: PASSWORD }, newAddress())
  expect((await server.next()).text).toContain('https://music.example/reset-password')
  await (await requestReset({ email }, newAddress())).sent
  expect(
    await resetPassword({ token: linkIn(await server.next(), '/reset-password'), password: PASSWORD }),
  ).not.toBeNull()
  await server.next()
  expect(await findSession(await signedIn({ email, password: PASSWORD }))).toMatchObject({ email })
  expect(await signIn({ email, password: 'the password of eve' }, newBrowser())).toEqual({ refused: WRONG_PASSWORD })
})

test('an invalid link confirms nothing', async () => {
  const ada = await newcomer('Ada')
  const token = linkIn(await server.next(), '/verify')
  const [head, , signature] = token.split('.')
  const forged = [head, Buffer.from(JSON.stringify({ email: ada.email })).toString('base64url'), signature].join('.')
  for (const wrong of ['', 'x', forged])
    expect(await verifyAddress({ token: wrong, password: ada.password }, newBrowser())).toHaveProperty('refused')
  expect((await pool.query('SELECT FROM user_account WHERE email_verified')).rowCount).toBe(0)
})

test('a second sign-up with an address is reported by mail only', async () => {
  const ada = await confirmed('Ada')
  expect(await signUp({ ...ada, name: 'Eve', password: 'the password of eve' }, newAddress())).toBeNull()
  const mail = await server.next()
  expect(mail.to).toEqual([ada.email])
  expect(mail.text).toContain('it already has an account')
  expect(await findSession(await signedIn(ada))).toMatchObject({ name: 'Ada' })
})

test('a link resets a password, and its owner is notified', async () => {
  const ada = await confirmed('Ada')
  await (await requestReset({ email: ada.email }, newAddress())).sent
  const mail = await server.next()
  expect(mail.to).toEqual([ada.email])
  const password = 'another long password'
  expect(await resetPassword({ token: linkIn(mail, '/reset-password'), password })).not.toBeNull()
  expect((await server.next()).text).toContain('your password was changed')
  await signedIn({ ...ada, password })
})

test('sends no link to unknown addresses', async () => {
  await (await requestReset({ email: newEmail() }, newAddress())).sent
  const ada = await newcomer('Ada')
  expect((await server.next()).to).toEqual([ada.email])
})

test('sends a notification after a password change', async () => {
  const ada = await confirmed('Ada')
  const browser = await signedIn(ada)
  await changePassword(
    { current: ada.password, password: 'another long password' },
    { email: ada.email, address: newAddress(), headers: browser },
  )
  expect((await server.next()).text).toContain('your password was changed')
})

test('limits mails per address', async () => {
  const ada = await confirmed('Ada')
  for (let index = 0; index < 8; index++) {
    await signUp({ ...ada, name: 'Eve' }, newAddress())
    await (await requestReset(ada, newAddress())).sent
  }
  const eve = await newcomer('Eve')
  const before: string[] = []
  for (let mail = await server.next(); mail.to[0] !== eve.email; mail = await server.next()) before.push(...mail.to)
  expect(before).toHaveLength(5)
})

test('sign-up works while the mail server is down', async () => {
  const logError = vi.spyOn(log, 'error').mockImplementation(() => {})
  server.refusals = [451]
  const ada = await newcomer('Ada')
  const eve = await newcomer('Eve')
  expect((await server.next()).to).toEqual([eve.email])
  expect(logError.mock.calls.flat().join()).toMatch(/will be retried in 5 s: EMESSAGE 451/)
  expect(logError.mock.calls.flat().join()).not.toContain(ada.email)
  logError.mockRestore()
})
