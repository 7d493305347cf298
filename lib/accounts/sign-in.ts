import { APIError } from 'better-auth/api'
import { attempt } from './attempts'
import { auth } from './auth'
import { deleteEndedSessions } from './commands'

/** What comes of asking for a session: what is said instead of one, or the cookies (`Set-Cookie`) that hold it. */
export type SignedIn = { refused: string } | { cookies: string[] }

/** One sentence for both, so that nobody learns which addresses have accounts. */
export const WRONG_PASSWORD = 'The e-mail address or the password is wrong.'

const NOT_VERIFIED =
  'Your address is not confirmed yet. We have sent you another mail: open its link, then you can sign in.'

/**
 * Signs somebody in. An unknown address costs the same work as a wrong password: better-auth hashes what was given.
 * @param address whence they ask.
 */
export async function signIn(
  { email, password }: { email: string; password: string },
  address: string,
): Promise<SignedIn> {
  const { refused, takeBack } = await attempt('password', { email, address })
  if (refused) return { refused }
  try {
    const { api } = await auth()
    const { headers } = await api.signInEmail({ body: { email, password }, returnHeaders: true })
    await Promise.all([takeBack(), deleteEndedSessions()])
    return { cookies: headers.getSetCookie() }
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    const code = error.body?.code
    if (code === 'EMAIL_NOT_VERIFIED') {
      await takeBack()
      return { refused: NOT_VERIFIED }
    }
    if (error.statusCode >= 500) throw error
    return { refused: WRONG_PASSWORD }
  }
}
