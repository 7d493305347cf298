import type { NextRequest } from 'next/server'
import { beginIn, endIn, setAll } from '@/lib/accounts/sessions/cookies'
import { DEVICE_COOKIE } from '@/lib/accounts/sessions/device'
import { missingDeviceCookie } from '@/lib/accounts/sessions/device-cookie'
import { renewSession } from '@/lib/accounts/sessions/sessions'
import { orUnavailable } from '@/lib/http/unavailable-response'

/** The name of the signed-in user, for the header. Renews the session. */
export const GET = (request: NextRequest): Promise<Response> => orUnavailable(() => readSignedInUser(request))

async function readSignedInUser(request: NextRequest): Promise<Response> {
  const { user, cookies } = await renewSession(request.headers)
  if (!user) await endIn(cookies)
  else {
    if (cookies.length > 0) await beginIn(cookies)
    await setAll(await missingDeviceCookie(request.cookies.get(DEVICE_COOKIE)?.value ?? '', user.email))
  }
  return Response.json({ name: user?.name ?? null })
}
