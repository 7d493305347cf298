import { cookies } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { type CurrentUser, findSession } from './sessions'

/** Whoever is signed in, where a page is made or an action runs. */

/**
 * The cookies as request headers hold them; where an action has just set some, those, of which the request's own headers
 * know nothing.
 */
async function cookieHeaders(): Promise<Headers> {
  const jar = await cookies()
  const pairs = jar.getAll().map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
  return new Headers({ cookie: pairs.join('; ') })
}

/** @returns null for a guest. Read once for a page. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => findSession(await cookieHeaders()))

/** Leads a guest to where they can sign in. */
export const requireUser = async (): Promise<CurrentUser> => (await currentUser()) ?? redirect('/sign-in')

/** The same for what only operators may see: for all others there is nothing. */
export async function requireOperator(): Promise<CurrentUser> {
  const user = await requireUser()
  if (user.role !== 'operator') notFound()
  return user
}
