import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { log } from '@/lib/observability/log'
import { LISTENER, listenForForgets } from './listen'

const { url, pool } = await createTestDatabase()

/** Cuts the connection on which changes are heard. */
const cut = () =>
  pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [LISTENER],
  )

test('after a lost connection changes count as heard once everything missed is forgotten, and no sooner', async () => {
  const said = vi.spyOn(log, 'warn').mockImplementation(() => {})
  const told: string[] = []
  const forgetting: (() => void)[] = []
  const stop = await listenForForgets(url, {
    forget: () => {
      told.push('forget')
      return new Promise((resolve) => {
        forgetting.push(resolve)
      })
    },
    setHearing: (isHearing) => told.push(isHearing ? 'hears' : 'deaf'),
  })
  await cut()
  await eventually(async () => expect(forgetting).toHaveLength(1))
  // Lost again while it forgets, it does not hear when that is done.
  await cut()
  await eventually(async () => expect(forgetting).toHaveLength(2))
  forgetting[0]?.()
  await pool.query('SELECT')
  expect(told).toEqual(['hears', 'deaf', 'forget', 'deaf', 'forget'])
  forgetting[1]?.()
  await eventually(async () => expect(told.at(-1)).toBe('hears'))
  expect(said).toHaveBeenCalledOnce()
  await stop()
})
