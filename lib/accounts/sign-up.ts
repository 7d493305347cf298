import { APIError } from 'better-auth/api'
import { auth } from './auth'
import { withHash } from './hashing'
import { findAccount } from './read'
import { attempting } from './sign-in-attempts'

/**
 * Makes an account, unless the address has one: which of the two it was, only the owner of the address learns. Either
 * takes the work of a hash.
 * @returns why it could not be tried; null where it was.
 * @throws AppError `unavailable` if too many passwords are being hashed.
 */
export async function signUp(
  { name, email, password }: { name: string; email: string; password: string },
  address: string,
): Promise<string | null> {
  const answer = await attempting('signUp', { email, address }, () => makeAccount({ name, email, password }))
  return answer?.refused ?? null
}

async function makeAccount(given: { name: string; email: string; password: string }): Promise<null> {
  const { api } = await auth()
  await withHash(given.password, async () => {
    try {
      await api.signUpEmail({ body: given })
    } catch (error) {
      // Of two who sign up one address at the same moment, the second fails, and is told what the first is.
      if (!(error instanceof APIError && (await findAccount(given.email)))) throw error
    }
  })
  return null
}
