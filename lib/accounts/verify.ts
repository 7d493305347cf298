import { APIError } from 'better-auth/api'
import { verifyJWT } from 'better-auth/crypto'
import { z } from 'zod'
import { auth } from './auth'
import { beginSession, type FormClient, type SignInResult } from './sign-in'
import { attempting } from './sign-in-attempts'

const OLD_LINK = 'This link has expired or is invalid. Sign in to get a new one.'
const WRONG = 'Wrong password. Enter the one that you chose when you signed up.'

const Payload = z.object({ email: z.string() })

/**
 * Confirms an address by the link in a mail and the account's password, then signs the user in. The password is needed
 * because the owner of the address may open the link of a stranger's sign-up.
 */
export async function verifyAddress(
  { token, password }: { token: string; password: string },
  { address, devices = '' }: FormClient,
): Promise<SignInResult> {
  const { api, $context } = await auth()
  const context = await $context
  const payload = Payload.safeParse(await verifyJWT(token, context.secret))
  if (!payload.success) return { refused: OLD_LINK }
  const { email } = payload.data
  return attempting('ownPassword', { email, address }, async (takeBack) => {
    const found = await context.internalAdapter.findUserByEmail(email, { includeAccounts: true })
    const hash = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password
    if (!hash || !(await context.password.verify({ hash, password }))) return { refused: WRONG }
    try {
      await api.verifyEmail({ query: { token } })
    } catch (error) {
      // The account was deleted, and its address has a new one.
      if (error instanceof APIError && error.statusCode < 500) return { refused: OLD_LINK }
      throw error
    }
    return beginSession({ email, password }, devices, takeBack)
  })
}
