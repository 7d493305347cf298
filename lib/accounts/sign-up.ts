import { APIError } from 'better-auth/api'
import { auth } from './auth'
import { withHash } from './hashing'
import { findAccount } from './read'
import { attempting } from './sign-in-attempts'

/**
 * Creates an account unless the address has one; only the owner of the address learns which. Both cases take the time of a
 * hash.
 * @returns the error if a limit is exceeded, else null.
 * @throws AppError `unavailable` if too many passwords are being hashed.
 */
export async function signUp(
  { name, email, password }: { name: string; email: string; password: string },
  address: string,
): Promise<string | null> {
  const answer = await attempting('signUp', { email, address }, () => makeAccount({ name, email, password }))
  return answer?.refused ?? null
}

async function makeAccount(account: { name: string; email: string; password: string }): Promise<null> {
  const { api } = await auth()
  await withHash(account.password, async () => {
    try {
      await api.signUpEmail({ body: account })
    } catch (error) {
      // The second of two concurrent sign-ups fails, and gets the same response as the first.
      if (!(error instanceof APIError && (await findAccount(account.email)))) throw error
    }
  })
  return null
}
