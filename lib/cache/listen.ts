import type pg from 'pg'
import { openSession } from '@/lib/db/session'
import { databaseUrl } from '@/lib/db/url'
import { log } from '@/lib/observability/log'
import { CHANNEL, forgetHere, setHearing } from './forget'

/** What the connection is called in `pg_stat_activity`. */
export const LISTENER = 'syromusic forget'

/** Between attempts to reach the database again: 0.1 s, doubling to 5 s. */
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000
/** Silence after which the kernel asks whether the other side is still there; Linux would wait for two hours. */
const KEEP_ALIVE_AFTER_MS = 10_000

/** Who is told what is heard. */
export type ChangeListener = {
  /** Without tags, everything. Where it takes a while, nothing old is given any more when it is done. */
  forget: (tags?: readonly string[]) => void | Promise<void>
  /** Whether anything is heard, from now on. */
  setHearing: (isHearing: boolean) => void
}

const here: ChangeListener = { forget: forgetHere, setHearing }

/**
 * Hears what other processes change, for as long as this one lives. One that was cut off can't know what it missed, so
 * after reconnecting it doubts everything that it has cached.
 * @returns a function that stops listening.
 */
export async function listenForForgets(connectionString = databaseUrl(), heard = here): Promise<() => Promise<void>> {
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
    next.on('notification', ({ payload }) => heard.forget(payload ? payload.split(' ') : undefined))
    next.on('end', () => {
      if (client !== next) return
      client = undefined
      heard.setHearing(false)
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

  /** What is believed only while changes are heard is believed when what was missed is forgotten, and no sooner. */
  const hearAgain = async (): Promise<void> => {
    const back = client
    await heard.forget()
    // It may be lost again by now.
    if (!back || client !== back) return
    heard.setHearing(true)
    log.warn(
      'The connection that reports changes was lost and is back. Cached pages are checked before they are served again.',
    )
  }

  await connect()
  heard.setHearing(true)
  return async () => {
    stopped = true
    heard.setHearing(false)
    clearTimeout(timer)
    await client?.end()
  }
}
