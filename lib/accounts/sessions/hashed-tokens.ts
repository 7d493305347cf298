import { createHash } from 'node:crypto'
import { db } from '@/lib/db/client'

/**
 * A database adapter for better-auth that stores hashes of session tokens instead of the tokens, so that a stolen backup
 * gives no sessions. It also drops IP addresses and user agents.
 */

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

const DROPPED_FIELDS = ['ipAddress', 'userAgent']

/** The session token in a query, if any. */
function tokenIn(where: object | undefined): string | undefined {
  if (!where || !('token' in where)) return undefined
  const { token } = where
  if (typeof token === 'string') return token
  if (token && typeof token === 'object' && 'equals' in token && typeof token.equals === 'string') return token.equals
  throw new Error('A session can only be found by its whole token')
}

function withHashedToken<Args extends { where?: object }>(args: Args): Args {
  const token = tokenIn(args.where)
  return token === undefined ? args : { ...args, where: { ...args.where, token: hashOf(token) } }
}

/** Puts the queried token back into the result, because it goes into a cookie. */
const withToken = <Row>(row: Row, token: string | undefined): Row =>
  row && token !== undefined ? { ...row, token } : row

export const databaseOfSessions = () =>
  db().$extends({
    query: {
      userSession: {
        async create({ args, query }) {
          const { token } = args.data
          const data = { ...args.data, token: hashOf(token) }
          for (const name of DROPPED_FIELDS) Reflect.deleteProperty(data, name)
          return withToken(await query({ ...args, data }), token)
        },
        findFirst: async ({ args, query }) => withToken(await query(withHashedToken(args)), tokenIn(args.where)),
        findMany: ({ args, query }) => query(withHashedToken(args)),
        update: async ({ args, query }) => withToken(await query(withHashedToken(args)), tokenIn(args.where)),
        updateMany: ({ args, query }) => query(withHashedToken(args)),
        delete: ({ args, query }) => query(withHashedToken(args)),
        deleteMany: ({ args, query }) => query(withHashedToken(args)),
      },
    },
  })
