import { createHash, randomBytes } from 'node:crypto'
import { log } from '@/lib/observability/log'
import { auth, RESET_SECONDS } from './auth'
import { hashInTurn } from './hashing'
import { mailChanged } from './mail/mails'
import { findAccount } from './read'
import { deviceCookie } from './sessions/device-cookie'
import { attempt } from './sign-in-attempts'
import { isUsableToken, setPasswordByToken } from './write'

const TOKEN_BYTES = 24

/** As better-auth names the token of a link; the table has the hash of it. */
const identifierOf = (token: string): string => `reset-password:${token}`
const hashed = (identifier: string): string => createHash('sha256').update(identifier).digest('base64url')

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
    log.error({ err: error }, 'A link for a new password could not be made')
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
    identifier: identifierOf(token),
    value: String(account.id),
    expiresAt: new Date(now + RESET_SECONDS * 1000),
  })
  return token
}

/**
 * Sets a password by what stands in a link, and ends every session and every other link of the account. Whoever has the
 * link has the mailbox, so their browser counts as one that has signed in before.
 * @param devices the cookie of such browsers, as it was sent.
 * @returns the cookies (`Set-Cookie`) for the browser; null if the link is not good. It works once.
 * @throws AppError `unavailable` if too many passwords are being hashed.
 */
export async function resetPassword(
  { token, password }: { token: string; password: string },
  devices = '',
): Promise<{ cookies: string[] } | null> {
  const identifier = hashed(identifierOf(token))
  // A guess costs no hash.
  if (!(await isUsableToken(identifier))) return null
  const user = await setPasswordByToken(identifier, await hashInTurn(password))
  if (!user) return null
  await mailChanged(user)
  return { cookies: [await deviceCookie(devices, user.email)] }
}
