import { authSecret, isSecure } from '@/lib/accounts/auth'
import { DEVICE_COOKIE, DEVICE_SECONDS, deviceOf, withDevice, withoutDevice } from './device'

const setCookie = (value: string): string =>
  `${DEVICE_COOKIE}=${value}; Max-Age=${value ? DEVICE_SECONDS : 0}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`

/** The `Set-Cookie` for a browser that has just signed in. @param devices the cookie that it had. */
export const deviceCookie = async (devices: string, email: string): Promise<string> =>
  setCookie(withDevice(devices, await authSecret(), email))

/** The `Set-Cookie` for a browser in which an account was deleted. */
export const deletedDeviceCookie = async (devices: string, email: string): Promise<string> =>
  setCookie(withoutDevice(devices, await authSecret(), email))

/** The same for a browser that is signed in: nothing if it is known already. */
export async function missingDeviceCookie(devices: string, email: string): Promise<string[]> {
  return deviceOf(devices, await authSecret(), email) ? [] : [await deviceCookie(devices, email)]
}
