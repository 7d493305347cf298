import type pg from 'pg'
import { pool } from '@/lib/db/pool'
import { openSession } from '@/lib/db/session'
import { databaseUrl } from '@/lib/db/url'
import { log } from '@/lib/observability/log'
import { setListening } from './listening'
import { apply, type Missed, readMissed, readState } from './read'
import { currentChange } from './recent'

/** The name of the session in `pg_stat_activity`. */
export const LISTENER = 'syromusic changes'
/** The channel of lib/cache/changes' triggers. */
const CHANNEL = 'syro_changes'

/** Between attempts to reconnect: 0.1 s, doubling to 5 s. */
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000
/** Silence after which the kernel probes the connection; Linux would wait for two hours. */
const KEEP_ALIVE_AFTER_MS = 10_000

/** The receiver of changes. */
export type ChangeReceiver = {
  /** When it resolves, no stale data is served any more. */
  apply: (missed: Missed) => void | Promise<void>
  /** Whether changes are heard from now on. */
  setListening: (isListening: boolean) => void
}

const here: ChangeReceiver = { apply, setListening }

/** Listens for changes, and reads what it has missed. */
export type ChangeListener = {
  /** Applies all changes that were committed before the call. @throws the error of the database. */
  catchUp: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * Listens for the changes of all processes. After a lost connection it reads the log from where it stopped, so that only
 * data that has changed is read again.
 */
export async function listenForChanges(connectionString = databaseUrl(), receiver = here): Promise<ChangeListener> {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  /** At first both threads start from the same state, whatever they know. */
  let isFirst = true
  /** Changes are applied one after the other, in their order. */
  let working: Promise<unknown> = Promise.resolve()

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = working.then(work)
    working = done.catch(() => {})
    return done
  }
  const readFrom = async (from: Pick<pg.ClientBase, 'query'>) => receiver.apply(await readMissed(from))

  let waiting: Promise<void> | undefined
  /** Callers share a read that has not begun. Without the connection, the pool may still reach the database. */
  const catchUp = (): Promise<void> => {
    waiting ??= inTurn(async () => {
      waiting = undefined
      await readFrom(client ?? pool())
    })
    return waiting
  }

  const receive = async (payload: string, from: pg.Client): Promise<void> => {
    const [number, changedAt, ...names] = payload.split(' ')
    const change = { number: Number(number), changedAt: Number(changedAt), names }
    await inTurn(async () => {
      if (change.number <= currentChange()) return
      const isNext = change.number === currentChange() + 1 && names.length > 0
      await receiver.apply(isNext ? { changes: [change] } : await readMissed(from))
    })
  }

  const connect = async (): Promise<void> => {
    const next = await openSession({
      connectionString,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      application_name: LISTENER,
    })
    let isLost = false
    // A failed read means a lost connection, after which all is read again.
    next.on('notification', ({ payload = '' }) => void receive(payload, next).catch(() => {}))
    next.on('end', () => {
      isLost = true
      if (client !== next) return
      client = undefined
      receiver.setListening(false)
      reconnect(FIRST_WAIT_MS)
    })
    try {
      await next.query(`LISTEN ${CHANNEL}`)
      if (isFirst) await inTurn(async () => receiver.apply(await readState(next)))
      else await inTurn(() => readFrom(next))
      isFirst = false
      if (isLost) throw new Error('The connection that reports changes was lost again')
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

  const hearAgain = (): void => {
    // The connection may be lost again by now.
    if (!client) return
    receiver.setListening(true)
    log.warn('The connection that reports changes was lost and is back. The changes meanwhile are applied.')
  }

  await connect()
  receiver.setListening(true)
  return {
    catchUp,
    stop: async () => {
      stopped = true
      receiver.setListening(false)
      clearTimeout(timer)
      await client?.end()
    },
  }
}
