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

/** better-auth's identifier of a link's token; the table has its hash. */
const identifierOf = (token: string): string => `reset-password:${token}`
const hashed = (identifier: string): string => createHash('sha256').update(identifier).digest('base64url')

/**
 * Sends a link to choose a new password if the address has an account. The account is looked up after the response, so that
 * its time reveals nothing.
 * @returns the error if a limit is exceeded, else null; and a promise of the lookup.
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
    log.error({ err: error }, 'A link to reset a password could not be created')
  }
}

/** For the operator's command line. @returns the token; null if the account does not exist. */
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
 * Sets a password by a link's token, and ends every session and link of the account. The link proves access to the mailbox,
 * so the browser counts as one that has signed in before.
 * @param devices the device cookie that the browser sent.
 * @returns the cookies (`Set-Cookie`) for the browser; null if the link is invalid. A link works once.
 * @throws AppError `unavailable` if too many passwords are being hashed.
 */
export async function resetPassword(
  { token, password }: { token: string; password: string },
  devices = '',
): Promise<{ cookies: string[] } | null> {
  const identifier = hashed(identifierOf(token))
  // Checked first, so that guesses cost no hash.
  if (!(await isUsableToken(identifier))) return null
  const user = await setPasswordByToken(identifier, await hashInTurn(password))
  if (!user) return null
  await mailChanged(user)
  return { cookies: [await deviceCookie(devices, user.email)] }
}
