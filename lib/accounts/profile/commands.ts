import { APIError } from 'better-auth/api'
import { attempt } from '@/lib/accounts/attempts'
import { auth } from '@/lib/accounts/auth'
import { deleteAccount } from '@/lib/accounts/commands'
import { mailChanged } from '@/lib/accounts/mail/mails'
import type { SignedIn } from '@/lib/accounts/sign-in'

/** What somebody does with their own account. */

const WRONG = 'This is not your password.'

/** Changes a password, ends all sessions, and begins this one anew. @param headers of the request, for its session. */
export async function changePassword(
  { current, password }: { current: string; password: string },
  { email, address, headers }: { email: string; address: string; headers: Headers },
): Promise<SignedIn> {
  const { refused, takeBack } = await attempt('password', { email, address })
  if (refused) return { refused }
  const { api } = await auth()
  try {
    const answer = await api.changePassword({
      body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
      headers,
      returnHeaders: true,
    })
    await Promise.all([takeBack(), mailChanged({ email })])
    return { cookies: answer.headers.getSetCookie() }
  } catch (error) {
    if (error instanceof APIError && error.body?.code === 'INVALID_PASSWORD') return { refused: WRONG }
    throw error
  }
}

/** Deletes the account of whoever knows its password. @returns why it could not be; null where it is gone. */
export async function deleteOwnAccount(
  { password }: { password: string },
  { email, address, headers }: { email: string; address: string; headers: Headers },
): Promise<string | null> {
  const { refused, takeBack } = await attempt('password', { email, address })
  if (refused) return refused
  const { api } = await auth()
  try {
    await api.verifyPassword({ body: { password }, headers })
  } catch (error) {
    if (error instanceof APIError && error.body?.code === 'INVALID_PASSWORD') return WRONG
    throw error
  }
  await Promise.all([takeBack(), deleteAccount(email)])
  return null
}
