import { once } from 'node:events'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import { env } from '@/lib/env'

/** A thread that has ended by itself is started anew after so many ms. */
const AGAIN_MS = 60_000
/** What is being written when the site ends is waited for, so many ms; what isn't written then is fetched again. */
const END_WITHIN_MS = 2_000

/**
 * Fetches what pages want, in the background, while a site runs: in a thread of its own, with database connections of
 * its own, so that reading what a source says and hashing pictures never delays a page. Does nothing where no source is
 * turned on.
 * @param say where faults are said.
 * @returns what ends it.
 */
export function keepEnriching(say: (sentence: string) => void): () => Promise<void> {
  if (env.ENRICHMENT.length === 0) return async () => {}
  let isEnding = false
  let timer: NodeJS.Timeout | undefined
  let thread: Worker | undefined

  const start = () => {
    const started = new Worker(new URL('./thread.mjs', import.meta.url), { env: SHARE_ENV, name: 'enrichment' })
    thread = started
    started.on('error', (error) => say(`Fetching from outside has failed: ${error}`))
    started.on('exit', () => {
      thread = undefined
      if (isEnding) return
      timer = setTimeout(start, AGAIN_MS)
      timer.unref()
    })
  }
  start()
  return async () => {
    isEnding = true
    clearTimeout(timer)
    const ending = thread
    if (!ending) return
    const ended = once(ending, 'exit')
    ending.postMessage('end')
    const patience = setTimeout(() => void ending.terminate(), END_WITHIN_MS)
    await ended
    clearTimeout(patience)
  }
}
