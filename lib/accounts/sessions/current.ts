import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { type CurrentUser, findSession } from './sessions'

/** The signed-in user of the current page or action. */

/**
 * The cookies as a request header, including those that an action has just set.
 */
async function cookieHeaders(): Promise<Headers> {
  const jar = await cookies()
  const pairs = jar.getAll().map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
  return new Headers({ cookie: pairs.join('; ') })
}

/** @returns null for a guest. Read once per page. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => findSession(await cookieHeaders()))

/** Redirects a guest to the sign-in page. */
export const requireUser = async (): Promise<CurrentUser> => (await currentUser()) ?? redirect('/sign-in')
