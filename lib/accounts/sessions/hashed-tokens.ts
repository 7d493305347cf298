import { createHash } from 'node:crypto'
import { db } from '@/lib/db/client'

/**
 * The database as better-auth sees it. It would keep the tokens of sessions as they stand in cookies; so the table has
 * their hashes, and a backup that gets into the wrong hands signs nobody in. Nor is kept from where, and with which
 * browser, somebody signed in.
 */

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

const NOT_KEPT = ['ipAddress', 'userAgent']

/** The token by which sessions are asked for, if they are. */
function tokenIn(where: object | undefined): string | undefined {
  if (!where || !('token' in where)) return undefined
  const { token } = where
  if (typeof token === 'string') return token
  if (token && typeof token === 'object' && 'equals' in token && typeof token.equals === 'string') return token.equals
  throw new Error('A session is asked for by the whole of its token')
}

function hashed<Args extends { where?: object }>(args: Args): Args {
  const token = tokenIn(args.where)
  return token === undefined ? args : { ...args, where: { ...args.where, token: hashOf(token) } }
}

/** What was found has the token by which it was asked for: it goes into a cookie again. */
const named = <Row>(row: Row, token: string | undefined): Row => (row && token !== undefined ? { ...row, token } : row)

export const databaseOfSessions = () =>
  db().$extends({
    query: {
      userSession: {
        async create({ args, query }) {
          const { token } = args.data
          const data = { ...args.data, token: hashOf(token) }
          for (const name of NOT_KEPT) Reflect.deleteProperty(data, name)
          return named(await query({ ...args, data }), token)
        },
        findFirst: async ({ args, query }) => named(await query(hashed(args)), tokenIn(args.where)),
        findMany: ({ args, query }) => query(hashed(args)),
        update: async ({ args, query }) => named(await query(hashed(args)), tokenIn(args.where)),
        updateMany: ({ args, query }) => query(hashed(args)),
        delete: ({ args, query }) => query(hashed(args)),
        deleteMany: ({ args, query }) => query(hashed(args)),
      },
    },
  })
