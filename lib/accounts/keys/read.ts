import { db } from '@/lib/db/client'
import type { UserRole } from '@/lib/db/generated/enums'
import { peek } from '@/lib/http/limits/limits'
import { apiPolicies } from '@/lib/http/limits/policy'

/** The owner of a key. */
export type FoundKey = { id: number; userId: number; role: UserRole }

/** The key with this hash; null if it is unknown or revoked. */
export async function findKeyByHash(hash: Buffer): Promise<FoundKey | null> {
  const key = await db().apiKey.findUnique({
    where: { hash: new Uint8Array(hash), revokedAt: null },
    select: { id: true, userId: true, user: { select: { role: true } } },
    relationLoadStrategy: 'join',
  })
  return key && { id: key.id, userId: key.userId, role: key.user.role }
}

export type KeyRow = {
  id: number
  name: string
  /** Its first characters. */
  prefix: string
  /** ISO 8601. */
  createdAt: string
  lastUsedAt: string | null
  /** Requests in the current window. */
  usage: { used: number; limit: number }
}

/** A user's valid keys, newest first. */
export async function listKeys(userId: number): Promise<KeyRow[]> {
  const keys = await db().apiKey.findMany({ where: { userId, revokedAt: null }, orderBy: { id: 'desc' } })
  return Promise.all(
    keys.map(async ({ id, name, prefix, createdAt, lastUsedAt }) => {
      const { remaining } = await peek(apiPolicies.keyed, String(id))
      const limit = apiPolicies.keyed.quota
      return {
        id,
        name,
        prefix,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
        usage: { used: limit - remaining, limit },
      }
    }),
  )
}
