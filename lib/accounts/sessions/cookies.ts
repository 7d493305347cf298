import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies'
import { cookies } from 'next/headers'
import { isSecure, SESSION_SECONDS } from '@/lib/accounts/auth'
import { ACCOUNT_MARKER } from './marker'

const markerOptions = { path: '/', sameSite: 'lax', secure: isSecure, maxAge: SESSION_SECONDS } as const

/** @param now in milliseconds since the epoch. */
const markerAt = (now: number): string => now.toString(36)

/** Sets the cookies of a session, in a server action or a route handler. */
export async function beginIn(setCookies: string[], now = Date.now()): Promise<void> {
  await setAll(setCookies)
  await touchMarker(now)
}

/** Makes the browser fetch the user's data again. */
export async function touchMarker(now = Date.now()): Promise<void> {
  const jar = await cookies()
  jar.set(ACCOUNT_MARKER, markerAt(now), markerOptions)
}

/** Clears the cookies of a session. */
export async function endIn(setCookies: string[]): Promise<void> {
  await setAll(setCookies)
  const jar = await cookies()
  jar.set(ACCOUNT_MARKER, '', { ...markerOptions, maxAge: 0 })
}

/** Sets cookies, in a server action or a route handler. */
export async function setAll(setCookies: string[]): Promise<void> {
  const jar = await cookies()
  for (const each of setCookies)
    for (const [name, { value, ...attributes }] of parseSetCookieHeader(each))
      jar.set(name, value, toCookieOptions({ value, ...attributes }))
}
