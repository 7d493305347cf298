import { db } from '@/lib/db/client'
import type { UserRole } from '@/lib/db/generated/enums'

export type AccountRow = {
  id: number
  email: string
  name: string
  role: UserRole
  emailVerified: boolean
  createdAt: Date
  /** The number of valid keys. */
  keys: number
}

/** All accounts, oldest first. */
export async function listAccounts(): Promise<AccountRow[]> {
  const users = await db().user.findMany({
    orderBy: { id: 'asc' },
    include: { _count: { select: { keys: { where: { revokedAt: null } } } } },
  })
  return users.map(({ id, email, name, role, emailVerified, createdAt, _count }) => ({
    id,
    email,
    name,
    role,
    emailVerified,
    createdAt,
    keys: _count.keys,
  }))
}

/** @param email in lower case. */
export const findAccount = (email: string): Promise<{ id: number } | null> =>
  db().user.findUnique({ where: { email }, select: { id: true } })
