import { beginIn, endIn } from '@/lib/accounts/sessions/cookies'
import { renewSession } from '@/lib/accounts/sessions/sessions'

/** Whoever is signed in, for the corner of a page; a session that is used lives on. */
export async function GET({ headers }: Request): Promise<Response> {
  const { user, cookies } = await renewSession(headers)
  if (!user) await endIn(cookies)
  else if (cookies.length > 0) await beginIn(cookies)
  return Response.json({ name: user?.name ?? null })
}
