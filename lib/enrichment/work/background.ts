import { once } from 'node:events'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import { env } from '@/lib/env'

/** The delay before a crashed thread is restarted, in ms. */
const AGAIN_MS = 60_000
/** The shutdown timeout, in ms. Results that are not written by then are fetched again. */
const END_WITHIN_MS = 2_000

/**
 * Runs queued fetches in the background of a site, in a thread with its own database connections, so that parsing and
 * hashing never delay a page. Does nothing if no source is enabled.
 * @param say logs errors.
 * @returns a function that stops the thread.
 */
export function startEnrichment(say: (sentence: string) => void): () => Promise<void> {
  if (env.ENRICHMENT.length === 0) return async () => {}
  let isEnding = false
  let timer: NodeJS.Timeout | undefined
  let thread: Worker | undefined

  const start = () => {
    const started = new Worker(new URL('./thread.mjs', import.meta.url), { env: SHARE_ENV, name: 'enrichment' })
    thread = started
    started.on('error', (error) => say(`The enrichment thread has failed: ${error}`))
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
    const deadline = setTimeout(() => void ending.terminate(), END_WITHIN_MS)
    await ended
    clearTimeout(deadline)
  }
}
