import type { Pool } from 'pg'
import { type FormClient, signIn } from '@/lib/accounts/sign-in'
import { signUp } from '@/lib/accounts/sign-up'

/** Accounts for tests. */

export const PASSWORD = 'correct horse battery'

let sequence = 0
const next = (): number => {
  sequence += 1
  return sequence
}

/** A new client address, so that no test uses up another's limits. */
export const newAddress = (): string => `192.0.2.${next()}`

/** A browser at a new address that has never signed in. */
export const newBrowser = (): FormClient => ({ address: newAddress() })

/** A unique e-mail address. */
export const newEmail = (name = 'somebody'): string => `${name.toLowerCase()}.${next()}@example.com`

export type Person = { name: string; email: string; password: string }

/** A new user. */
export async function newcomer(name: string): Promise<Person> {
  const person = { name, email: newEmail(name), password: PASSWORD }
  await signUp(person, newAddress())
  return person
}

/** The request headers after a sign-in. */
export async function signedIn(person: { email: string; password: string }): Promise<Headers> {
  const answer = await signIn(person, newBrowser())
  if ('refused' in answer) throw new Error(answer.refused)
  return browserWith(answer.cookies)
}

/** The request headers of a browser with these cookies. */
export const browserWith = (cookies: string[]): Headers =>
  new Headers({ cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') })

export const emptyAccounts = (pool: Pool): Promise<unknown> =>
  pool.query('TRUNCATE user_account, user_token RESTART IDENTITY CASCADE')
