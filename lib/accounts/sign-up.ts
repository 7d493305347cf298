import { APIError } from 'better-auth/api'
import { attempt } from './attempts'
import { auth } from './auth'
import { findAccount } from './queries'

/**
 * Makes an account, unless the address has one: which of the two it was, only the owner of the address learns. Either
 * takes the work of a hash.
 * @returns why it could not be tried; null where it was.
 */
export async function signUp(
  { name, email, password }: { name: string; email: string; password: string },
  address: string,
): Promise<string | null> {
  const { refused } = await attempt('signUp', { email, address })
  if (refused) return refused
  const { api } = await auth()
  try {
    await api.signUpEmail({ body: { name, email, password } })
  } catch (error) {
    // Of two who sign up one address at the same moment, the second fails, and is told what the first is.
    if (!(error instanceof APIError && (await findAccount(email)))) throw error
  }
  return null
}
