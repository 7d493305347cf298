import { authSecret, isSecure } from '@/lib/accounts/auth'
import { DEVICE_COOKIE, DEVICE_SECONDS, deviceOf, withDevice } from './device'

/** The `Set-Cookie` for a browser that has just signed in. @param devices the cookie that it had. */
export async function deviceCookie(devices: string, email: string): Promise<string> {
  const value = withDevice(devices, await authSecret(), email)
  const secure = isSecure ? '; Secure' : ''
  return `${DEVICE_COOKIE}=${value}; Max-Age=${DEVICE_SECONDS}; Path=/; HttpOnly; SameSite=Lax${secure}`
}

/** The same for a browser that is signed in: nothing if it is known already. */
export async function missingDeviceCookie(devices: string, email: string): Promise<string[]> {
  return deviceOf(devices, await authSecret(), email) ? [] : [await deviceCookie(devices, email)]
}
