import { APIError } from 'better-auth/api'
import { auth } from '@/lib/accounts/auth'
import { mailChanged } from '@/lib/accounts/mail/mails'
import { deviceCookie } from '@/lib/accounts/sessions/device-cookie'
import type { From, SignedIn } from '@/lib/accounts/sign-in'
import { attempting } from '@/lib/accounts/sign-in-attempts'
import { deleteAccount, deleteTokens } from '@/lib/accounts/write'

/** What somebody does with their own account. */

const WRONG = 'That is not your current password.'

/** Who is signed in, and the headers of their request, which hold the session. */
type Self = From & { email: string; headers: Headers }

/** Changes a password, ends all sessions and links of the account, and begins this session anew. */
export async function changePassword(
  { current, password }: { current: string; password: string },
  { email, address, devices = '', headers }: Self,
): Promise<SignedIn> {
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

/** Deletes the account of whoever knows its password. @returns why it could not be; null where it is gone. */
export async function deleteOwnAccount(
  { password }: { password: string },
  { email, address, headers }: Self,
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
