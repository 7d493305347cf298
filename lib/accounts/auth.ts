import { prismaAdapter } from 'better-auth/adapters/prisma'
import { betterAuth } from 'better-auth/minimal'
import { databaseOfSessions } from '@/lib/accounts/sessions/hashed-tokens'
import { env } from '@/lib/env'
import { siteOrigin } from '@/lib/http/site-url'
import { log } from '@/lib/observability/log'
import { hashInTurn, verifyInTurn } from './hashing'
import { mailConfirm, mailExisting, mailReset } from './mail/mails'
import { PASSWORD_LENGTH } from './passwords'
import { siteSecret } from './write'

/**
 * The configuration of better-auth: sessions, passwords and links. It is called from server actions and has no routes of its
 * own; rate limits apply before it is called (lib/accounts/sign-in-attempts.ts).
 */

const DAY = 24 * 60 * 60
/** In seconds. A session that is used once a day is renewed. */
export const SESSION_SECONDS = 30 * DAY
const CONFIRM_SECONDS = DAY
export const RESET_SECONDS = 60 * 60

/** Whether users must confirm their address before they can sign in. */
export const sendsMail = env.SMTP_URL !== undefined

export const isSecure = siteOrigin.startsWith('https:')

const openAuth = async () =>
  betterAuth({
    appName: 'SyroMusic',
    baseURL: siteOrigin,
    secret: env.SYRO_SECRET ?? (await siteSecret()),
    database: prismaAdapter(databaseOfSessions(), { provider: 'postgresql', transaction: true }),
    user: {
      modelName: 'user',
      additionalFields: {
        role: { type: ['listener', 'operator'], input: false, required: true, defaultValue: 'listener' },
      },
    },
    session: { modelName: 'userSession', expiresIn: SESSION_SECONDS, updateAge: DAY },
    account: { modelName: 'userCredential' },
    verification: { modelName: 'userToken', storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      // Known and unknown addresses get the same response, without a session.
      autoSignIn: false,
      requireEmailVerification: sendsMail,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      password: { hash: hashInTurn, verify: verifyInTurn },
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      onExistingUserSignUp: async ({ user }) => mailExisting(user),
      sendResetPassword: async ({ user, token }) => mailReset(user, token),
    },
    emailVerification: {
      sendOnSignUp: sendsMail,
      sendOnSignIn: sendsMail,
      expiresIn: CONFIRM_SECONDS,
      sendVerificationEmail: async ({ user, token }) => mailConfirm(user, token),
    },
    advanced: {
      cookiePrefix: 'syro',
      useSecureCookies: isSecure,
      // better-auth's own check of the tables does not know hashed tokens; a test compares them with the schema.
      database: { generateId: 'serial', validateSchema: false },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error(`Accounts: ${message}`) },
  })

let opening: ReturnType<typeof openAuth> | undefined

/** The secret that signs cookies. */
export const authSecret = async (): Promise<string> => (await (await auth()).$context).secret

/** Opens on first use: a build needs no database. */
export function auth(): ReturnType<typeof openAuth> {
  // Not cached after an error, so that it is retried.
  opening ??= openAuth().catch((error: unknown) => {
    opening = undefined
    throw error
  })
  return opening
}
