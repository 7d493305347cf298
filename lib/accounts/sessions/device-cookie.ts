import { authSecret, isSecure } from '@/lib/accounts/auth'
import { DEVICE_COOKIE, DEVICE_SECONDS, deviceOf, withDevice, withoutDevice } from './device'

const setCookie = (value: string): string =>
  `${DEVICE_COOKIE}=${value}; Max-Age=${value ? DEVICE_SECONDS : 0}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`

/** The `Set-Cookie` after a sign-in. @param devices the cookie that the browser sent. */
export const deviceCookie = async (devices: string, email: string): Promise<string> =>
  setCookie(withDevice(devices, await authSecret(), email))

/** The `Set-Cookie` after an account was deleted. */
export const deletedDeviceCookie = async (devices: string, email: string): Promise<string> =>
  setCookie(withoutDevice(devices, await authSecret(), email))

/** The `Set-Cookie` for a signed-in browser; none if it has an entry already. */
export async function missingDeviceCookie(devices: string, email: string): Promise<string[]> {
  return deviceOf(devices, await authSecret(), email) ? [] : [await deviceCookie(devices, email)]
}
