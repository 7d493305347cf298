import pg from 'pg'
import { vi } from 'vitest'

/** The number of statements that `work` sends. */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await work()
  const sent = query.mock.calls.length
  query.mockRestore()
  return sent
}
