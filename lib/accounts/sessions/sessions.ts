import { auth } from '@/lib/accounts/auth'
import type { UserRole } from '@/lib/db/generated/enums'

/** The signed-in user. */
export type CurrentUser = {
  id: number
  email: string
  name: string
  role: UserRole
  /** Changes with the user's visible data, in milliseconds since the epoch. */
  updatedAt: number
}

/** @param headers of the request. @returns null for a guest or an expired session. */
export async function findSession(headers: Headers): Promise<CurrentUser | null> {
  const { api } = await auth()
  // A page can't set cookies, so it must not renew the session.
  return userOf(await api.getSession({ headers: cookiesOf(headers), query: { disableRefresh: true } }))
}

/** Finds and renews the session, with the cookies (`Set-Cookie`) that extend or clear it. */
export async function renewSession(headers: Headers): Promise<{ user: CurrentUser | null; cookies: string[] }> {
  const { api } = await auth()
  const answer = await api.getSession({ headers: cookiesOf(headers), returnHeaders: true })
  return { user: userOf(answer.response), cookies: answer.headers.getSetCookie() }
}

/** Ends the session. @returns the cookies that clear it. */
export async function endSession(headers: Headers): Promise<string[]> {
  const { api } = await auth()
  const answer = await api.signOut({ headers: cookiesOf(headers), returnHeaders: true })
  return answer.headers.getSetCookie()
}

/** The request headers that identify the session, and no others. */
export const cookiesOf = (headers: Headers): Headers => new Headers({ cookie: headers.get('cookie') ?? '' })

type Session = { user: { id: string; email: string; name: string; role: UserRole; updatedAt: Date } } | null

function userOf(session: Session): CurrentUser | null {
  if (!session) return null
  const { id, email, name, role, updatedAt } = session.user
  return { id: Number(id), email, name, role, updatedAt: updatedAt.getTime() }
}
