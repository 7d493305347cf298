import { auth } from '@/lib/accounts/auth'
import type { UserRole } from '@/lib/db/generated/enums'

/** Whoever is signed in. */
export type CurrentUser = {
  id: number
  email: string
  name: string
  role: UserRole
  /** Changes with what is shown of them, in milliseconds since the epoch. */
  updatedAt: number
}

/** @param headers of the request. @returns null for somebody who isn't signed in, or no longer. */
export async function findSession(headers: Headers): Promise<CurrentUser | null> {
  const { api } = await auth()
  // A page can't set cookies, so it must not change what they say.
  return userOf(await api.getSession({ headers: cookiesOf(headers), query: { disableRefresh: true } }))
}

/** The same, and lets the session live on: the cookies (`Set-Cookie`) that hold it for longer, or that clear it away. */
export async function renewSession(headers: Headers): Promise<{ user: CurrentUser | null; cookies: string[] }> {
  const { api } = await auth()
  const answer = await api.getSession({ headers: cookiesOf(headers), returnHeaders: true })
  return { user: userOf(answer.response), cookies: answer.headers.getSetCookie() }
}

/** Ends the session. @returns the cookies that clear it away. */
export async function endSession(headers: Headers): Promise<string[]> {
  const { api } = await auth()
  const answer = await api.signOut({ headers: cookiesOf(headers), returnHeaders: true })
  return answer.headers.getSetCookie()
}

/** Of a request's headers those that say who somebody is, and no others. */
export const cookiesOf = (headers: Headers): Headers => new Headers({ cookie: headers.get('cookie') ?? '' })

type Session = { user: { id: string; email: string; name: string; role: UserRole; updatedAt: Date } } | null

function userOf(session: Session): CurrentUser | null {
  if (!session) return null
  const { id, email, name, role, updatedAt } = session.user
  return { id: Number(id), email, name, role, updatedAt: updatedAt.getTime() }
}
