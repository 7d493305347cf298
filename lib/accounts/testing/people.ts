import type { Pool } from 'pg'
import { type From, signIn } from '@/lib/accounts/sign-in'
import { signUp } from '@/lib/accounts/sign-up'

/** People with accounts, for tests. */

export const PASSWORD = 'correct horse battery'

let made = 0
const next = (): number => {
  made += 1
  return made
}

/** An address that nobody has asked from yet, so that no test uses up another's limits. */
export const newAddress = (): string => `192.0.2.${next()}`

/** A browser at such an address that has never signed in. */
export const newBrowser = (): From => ({ address: newAddress() })

/** An e-mail address that nobody else has. */
export const newEmail = (name = 'somebody'): string => `${name.toLowerCase()}.${next()}@example.com`

export type Person = { name: string; email: string; password: string }

/** Somebody who has just signed up. */
export async function newcomer(name: string): Promise<Person> {
  const person = { name, email: newEmail(name), password: PASSWORD }
  await signUp(person, newAddress())
  return person
}

/** What a browser sends after a sign-in. */
export async function signedIn(person: { email: string; password: string }): Promise<Headers> {
  const answer = await signIn(person, newBrowser())
  if ('refused' in answer) throw new Error(answer.refused)
  return browserWith(answer.cookies)
}

/** The request headers of a browser that was given these cookies. */
export const browserWith = (cookies: string[]): Headers =>
  new Headers({ cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') })

export const emptyAccounts = (pool: Pool): Promise<unknown> =>
  pool.query('TRUNCATE user_account, user_token RESTART IDENTITY CASCADE')
