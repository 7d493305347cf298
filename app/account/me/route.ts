import type { NextRequest } from 'next/server'
import { beginIn, endIn, setAll } from '@/lib/accounts/sessions/cookies'
import { DEVICE_COOKIE } from '@/lib/accounts/sessions/device'
import { missingDeviceCookie } from '@/lib/accounts/sessions/device-cookie'
import { renewSession } from '@/lib/accounts/sessions/sessions'
import { orUnavailable } from '@/lib/http/unavailable-response'

/** Whoever is signed in, for the corner of a page; a session that is used lives on. */
export const GET = (request: NextRequest): Promise<Response> => orUnavailable(() => whoIsSignedIn(request))

async function whoIsSignedIn(request: NextRequest): Promise<Response> {
  const { user, cookies } = await renewSession(request.headers)
  if (!user) await endIn(cookies)
  else {
    if (cookies.length > 0) await beginIn(cookies)
    await setAll(await missingDeviceCookie(request.cookies.get(DEVICE_COOKIE)?.value ?? '', user.email))
  }
  return Response.json({ name: user?.name ?? null })
}
