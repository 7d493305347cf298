import { db } from '@/lib/db/client'
import type { UserRole } from '@/lib/db/generated/enums'

/** On whose behalf a key asks. */
export type FoundKey = { id: number; userId: number; role: UserRole }

/** The key of this hash, unless there is none or it was revoked. */
export async function findKeyByHash(hash: Buffer): Promise<FoundKey | null> {
  const key = await db().apiKey.findUnique({
    where: { hash: new Uint8Array(hash), revokedAt: null },
    select: { id: true, userId: true, user: { select: { role: true } } },
    relationLoadStrategy: 'join',
  })
  return key && { id: key.id, userId: key.userId, role: key.user.role }
}
