import os from 'node:os'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { lowerPriorityInDatabase } from './priority'

const { url } = await createTestDatabase()

test.runIf(process.platform === 'linux')(
  'lowers the priority of the connection that imports, and of no other',
  async () => {
    const [importing, other] = [new pg.Client(url), new pg.Client(url)]
    await Promise.all([importing.connect(), other.connect()])
    try {
      await lowerPriorityInDatabase(importing)
      const priorityOf = async (client: pg.Client) => {
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
        return os.getPriority(rows[0]?.pid)
      }
      expect(await priorityOf(importing)).toBe(10)
      expect(await priorityOf(other)).toBe(0)
    } finally {
      await Promise.all([importing.end(), other.end()])
    }
  },
)
