import { APIError } from 'better-auth/api'
import { auth, authSecret } from './auth'
import { deviceOf } from './sessions/device'
import { deviceCookie } from './sessions/device-cookie'
import { attempting } from './sign-in-attempts'
import { deleteEndedSessions } from './write'

/** The error, or the cookies (`Set-Cookie`) of a new session. */
export type SignInResult = { refused: string } | { cookies: string[] }

/** The client that sent a form. */
export type FormClient = {
  /** Its network, for limits. */
  address: string
  /** The cookie of a browser that has signed in before (sessions/device.ts). */
  devices?: string
}

/** One message for both, so that nobody learns which addresses have accounts. */
export const WRONG_PASSWORD = 'The e-mail address or the password is wrong.'

const NOT_VERIFIED =
  'Your e-mail address is not confirmed yet. We have sent you another e-mail: open its link to sign in.'

/** Signs a user in. An unknown address takes the same time as a wrong password: better-auth hashes the password anyway. */
export async function signIn(
  { email, password }: { email: string; password: string },
  { address, devices = '' }: FormClient,
): Promise<SignInResult> {
  const device = deviceOf(devices, await authSecret(), email)
  return attempting('password', { email, address, device }, (takeBack) =>
    beginSession({ email, password }, devices, takeBack),
  )
}

/** @param takeBack called if the password is right. */
export async function beginSession(
  { email, password }: { email: string; password: string },
  devices: string,
  takeBack: () => Promise<void>,
): Promise<SignInResult> {
  const { api } = await auth()
  try {
    const { headers } = await api.signInEmail({ body: { email, password }, returnHeaders: true })
    await Promise.all([takeBack(), deleteEndedSessions()])
    return { cookies: [...headers.getSetCookie(), await deviceCookie(devices, email)] }
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    const code = error.body?.code
    if (code === 'EMAIL_NOT_VERIFIED') {
      await takeBack()
      return { refused: NOT_VERIFIED }
    }
    if (error.statusCode >= 500) throw error
    return { refused: WRONG_PASSWORD }
  }
}
