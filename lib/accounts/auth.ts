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
 * better-auth as SyroMusic uses it: sessions, passwords and the links that set or confirm them. It is called from server
 * actions and has no addresses of its own; who calls too often is told so before it hears of them
 * (lib/accounts/sign-in-attempts.ts).
 */

const DAY = 24 * 60 * 60
/** Seconds. A session that is used once a day goes on. */
export const SESSION_SECONDS = 30 * DAY
const CONFIRM_SECONDS = DAY
export const RESET_SECONDS = 60 * 60

/** Whether people have to open a link that was sent to their address before they can sign in. */
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
      // An address that is in use and one that isn't are answered alike, with a session for neither.
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
      // Its own check of the tables knows no hashed tokens; a test holds them against the schema.
      database: { generateId: 'serial', validateSchema: false },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error(`Accounts: ${message}`) },
  })

let opening: ReturnType<typeof openAuth> | undefined

/** What signs cookies. */
export const authSecret = async (): Promise<string> => (await (await auth()).$context).secret

/** Opens on first use: a build needs no database. */
export function auth(): ReturnType<typeof openAuth> {
  // What failed because the database was away may be tried again.
  opening ??= openAuth().catch((error: unknown) => {
    opening = undefined
    throw error
  })
  return opening
}
