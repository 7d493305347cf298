import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import { cookies } from 'next/headers'
import { isSecure, SESSION_SECONDS } from '@/lib/accounts/auth'
import { ACCOUNT_MARKER } from './marker'

const markerOptions = { path: '/', sameSite: 'lax', secure: isSecure, maxAge: SESSION_SECONDS } as const

/** Another value each time. @param now in milliseconds since the epoch. */
const markerAt = (now: number): string => now.toString(36)

/** Gives the browser the cookies of a session, from a server action or a route handler. */
export async function beginIn(setCookies: string[], now = Date.now()): Promise<void> {
  await setAll(setCookies)
  await touchMarker(now)
}

/** Has the browser ask once more whose account it is. */
export async function touchMarker(now = Date.now()): Promise<void> {
  const jar = await cookies()
  jar.set(ACCOUNT_MARKER, markerAt(now), markerOptions)
}

/** Takes the cookies of a session away from the browser. */
export async function endIn(setCookies: string[]): Promise<void> {
  await setAll(setCookies)
  const jar = await cookies()
  jar.set(ACCOUNT_MARKER, '', { ...markerOptions, maxAge: 0 })
}

/** Gives the browser these cookies, from a server action or a route handler. */
export async function setAll(setCookies: string[]): Promise<void> {
  const jar = await cookies()
  for (const each of setCookies)
    for (const [name, { value, ...attributes }] of parseSetCookieHeader(each))
      jar.set(name, value, toCookieOptions({ value, ...attributes }))
}
