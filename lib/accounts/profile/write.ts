import { APIError } from 'better-auth/api'
import { auth } from '@/lib/accounts/auth'
import { mailChanged } from '@/lib/accounts/mail/mails'
import { deviceCookie } from '@/lib/accounts/sessions/device-cookie'
import type { FormClient, SignInResult } from '@/lib/accounts/sign-in'
import { attempting } from '@/lib/accounts/sign-in-attempts'
import { deleteAccount, deleteTokens } from '@/lib/accounts/write'

const WRONG = 'This is not your current password.'

/** The signed-in user, and the request headers with the session. */
type SignedInClient = FormClient & { email: string; headers: Headers }

/** Changes the password, ends all sessions and links of the account, and starts a new session. */
export async function changePassword(
  { current, password }: { current: string; password: string },
  { email, address, devices = '', headers }: SignedInClient,
): Promise<SignInResult> {
  return attempting('ownPassword', { email, address }, async (takeBack) => {
    const { api } = await auth()
    try {
      const answer = await api.changePassword({
        body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
        headers,
        returnHeaders: true,
      })
      await Promise.all([takeBack(), deleteTokens(Number(answer.response.user.id)), mailChanged({ email })])
      return { cookies: [...answer.headers.getSetCookie(), await deviceCookie(devices, email)] }
    } catch (error) {
      if (error instanceof APIError && error.body?.code === 'INVALID_PASSWORD') return { refused: WRONG }
      throw error
    }
  })
}

/** Deletes an account if the password is right. @returns the error, or null. */
export async function deleteOwnAccount(
  { password }: { password: string },
  { email, address, headers }: SignedInClient,
): Promise<string | null> {
  const answer = await attempting('ownPassword', { email, address }, async (takeBack) => {
    const { api } = await auth()
    try {
      await api.verifyPassword({ body: { password }, headers })
    } catch (error) {
      if (error instanceof APIError && error.body?.code === 'INVALID_PASSWORD') return { refused: WRONG }
      throw error
    }
    await Promise.all([takeBack(), deleteAccount(email)])
    return null
  })
  return answer?.refused ?? null
}
