import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '@/lib/db/testing/database'
import { eventually } from '@/lib/db/testing/eventually'
import { log } from '@/lib/observability/log'
import { LISTENER, listenForForgets } from './listen'

const { url, pool } = await createTestDatabase()

/** Terminates the connection that listens for changes. */
const cut = () =>
  pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [LISTENER],
  )

test('after a lost connection, the caches are trusted again only after they were emptied', async () => {
  const logged = vi.spyOn(log, 'warn').mockImplementation(() => {})
  const calls: string[] = []
  const forgetting: (() => void)[] = []
  const stop = await listenForForgets(url, {
    forget: () => {
      calls.push('forget')
      return new Promise((resolve) => {
        forgetting.push(resolve)
      })
    },
    setListening: (isListening) => calls.push(isListening ? 'hears' : 'deaf'),
  })
  await cut()
  await eventually(async () => expect(forgetting).toHaveLength(1))
  // The connection is lost again, so the first emptying no longer counts.
  await cut()
  await eventually(async () => expect(forgetting).toHaveLength(2))
  forgetting[0]?.()
  await pool.query('SELECT')
  expect(calls).toEqual(['hears', 'deaf', 'forget', 'deaf', 'forget'])
  forgetting[1]?.()
  await eventually(async () => expect(calls.at(-1)).toBe('hears'))
  expect(logged).toHaveBeenCalledOnce()
  await stop()
})
