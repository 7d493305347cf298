import type pg from 'pg'
import { openSession } from '@/lib/db/session'
import { databaseUrl } from '@/lib/db/url'
import { log } from '@/lib/observability/log'
import { CHANNEL, forgetHere, setListening } from './forget'

/** The name of the session in `pg_stat_activity`. */
export const LISTENER = 'syromusic forget'

/** Between attempts to reconnect: 0.1 s, doubling to 5 s. */
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000
/** Silence after which the kernel probes the connection; Linux would wait for two hours. */
const KEEP_ALIVE_AFTER_MS = 10_000

/** The receiver of changes. */
export type ChangeListener = {
  /** Drops cached data; without tags, all of it. When it resolves, no stale data is served any more. */
  forget: (tags?: readonly string[]) => void | Promise<void>
  /** Whether changes are heard from now on. */
  setListening: (isListening: boolean) => void
}

const here: ChangeListener = { forget: forgetHere, setListening }

/**
 * Listens for the changes of other processes. A process that lost the connection can't know what it missed, so after
 * reconnecting it revalidates everything in its caches.
 * @returns a function that stops listening.
 */
export async function listenForForgets(
  connectionString = databaseUrl(),
  listener = here,
): Promise<() => Promise<void>> {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const connect = async (): Promise<void> => {
    const next = await openSession({
      connectionString,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      application_name: LISTENER,
    })
    next.on('notification', ({ payload }) => listener.forget(payload ? payload.split(' ') : undefined))
    next.on('end', () => {
      if (client !== next) return
      client = undefined
      listener.setListening(false)
      reconnect(FIRST_WAIT_MS)
    })
    try {
      await next.query(`LISTEN ${CHANNEL}`)
      if (stopped) await next.end()
      else client = next
    } catch (error) {
      void next.end().catch(() => {})
      throw error
    }
  }

  const reconnect = (wait: number): void => {
    if (stopped) return
    timer = setTimeout(() => {
      connect().then(hearAgain, () => reconnect(Math.min(wait * 2, LONGEST_WAIT_MS)))
    }, wait)
  }

  /** Data that must never be stale may be cached again only when all missed changes are forgotten. */
  const hearAgain = async (): Promise<void> => {
    const back = client
    await listener.forget()
    // The connection may be lost again by now.
    if (!back || client !== back) return
    listener.setListening(true)
    log.warn(
      'The connection that reports changes was lost and is back. Cached pages are checked before they are served again.',
    )
  }

  await connect()
  listener.setListening(true)
  return async () => {
    stopped = true
    listener.setListening(false)
    clearTimeout(timer)
    await client?.end()
  }
}
