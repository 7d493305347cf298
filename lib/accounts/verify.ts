import { APIError } from 'better-auth/api'
import { verifyJWT } from 'better-auth/crypto'
import { z } from 'zod'
import { auth } from './auth'
import { beginSession, type From, type SignedIn } from './sign-in'
import { attempting } from './sign-in-attempts'

const OLD_LINK = 'This link is too old, or is none of ours. Sign in, and we send you another one.'
const WRONG = 'This is not the password that was chosen when the account was made.'

const Payload = z.object({ email: z.string() })

/**
 * Confirms the address of an account by the link that was sent to it, and by the account's password: whoever signed up
 * an address that isn't theirs so gains nothing when its owner opens the link. Then signs them in.
 */
export async function verifyAddress(
  { token, password }: { token: string; password: string },
  { address, devices = '' }: From,
): Promise<SignedIn> {
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
      // A link of an account that is no more, whose address has another one by now.
      if (error instanceof APIError && error.statusCode < 500) return { refused: OLD_LINK }
      throw error
    }
    return beginSession({ email, password }, devices, takeBack)
  })
}
