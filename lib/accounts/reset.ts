import { randomBytes } from 'node:crypto'
import { APIError } from 'better-auth/api'
import { attempt } from './attempts'
import { auth, RESET_SECONDS } from './auth'
import { findAccount } from './queries'

const TOKEN_BYTES = 24

/**
 * Sends a link with which a new password can be chosen, if the address has an account. It is looked for after the answer,
 * which so takes the same time for all.
 * @returns why it could not be tried, or null; and what ends when the mail is on its way.
 */
export async function requestReset(
  { email }: { email: string },
  address: string,
): Promise<{ refused: string | null; sent: Promise<void> }> {
  const { refused } = await attempt('reset', { email, address })
  const sent = refused ? Promise.resolve() : sendLink(email)
  return { refused, sent }
}

async function sendLink(email: string): Promise<void> {
  try {
    const { api } = await auth()
    await api.requestPasswordReset({ body: { email } })
  } catch (error) {
    console.error(`A link for a new password could not be made: ${error}`)
  }
}

/** For an operator to pass on. @returns what stands in the link; null where there is no such account. */
export async function makeResetToken(email: string, now = Date.now()): Promise<string | null> {
  const account = await findAccount(email)
  if (!account) return null
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const { $context } = await auth()
  const { internalAdapter } = await $context
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: String(account.id),
    expiresAt: new Date(now + RESET_SECONDS * 1000),
  })
  return token
}

/**
 * Sets a password by what stands in a link, and ends every session of the account.
 * @returns whether the link was good. It works once.
 */
export async function resetPassword({ token, password }: { token: string; password: string }): Promise<boolean> {
  const { api } = await auth()
  try {
    await api.resetPassword({ body: { token, newPassword: password } })
    return true
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return false
    throw error
  }
}
