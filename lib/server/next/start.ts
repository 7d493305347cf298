import type { RequestListener } from 'node:http'
import { MessageChannel, SHARE_ENV, Worker } from 'node:worker_threads'
import { forgetHere, setHearing } from '@/lib/cache/forget'
import type { Heard } from '@/lib/cache/listen'
import type { Origin } from '@/lib/cache/response/origin'
import { gateWord } from '@/lib/http/gate/gated'
import { charge, peek, refund } from '@/lib/http/limits/limits'
import type { Lifetime } from '@/lib/lifetime'
import { asBuffer, connectCalls } from './calls'
import type { Where } from './load'
import type { FrontOffers, Given, NextOffers } from './offers'
import { PortStream } from './port-stream'
import { createProxy } from './proxy'

/** Next.js, in a thread of its own. */
export type NextThread = {
  /** Loads it, when the site is built and the database there. @throws what Next.js throws. */
  prepare(where: Omit<Where, 'dev'>): Promise<void>
  /** Answers whole. */
  origin: Origin
  /** Answers as a stream. */
  listener: RequestListener
  /** Tells this thread and that one what is forgotten: that one first, so that this one keeps nothing old of it. */
  heard: Heard
}

/**
 * Starts the thread that Next.js runs in. The thread that listens does nothing but that and sending what is kept: a page
 * that is being rendered, and what Next.js changes about node:http and promises as it loads, would slow each of those
 * (bench/RESULTS.md). They share one process and its environment; each has caches and database connections of its own.
 * @param fail told when it ends by itself.
 */
export function startNextThread(lifetime: Lifetime, fail: (error: unknown) => void): NextThread {
  const { port1: port, port2 } = new MessageChannel()
  const next = connectCalls<NextOffers>(port, {
    forgotten: forgetHere,
    charge,
    peek,
    refund,
  } satisfies FrontOffers)
  const thread = new Worker(new URL('./thread.mjs', import.meta.url), {
    env: SHARE_ENV,
    name: 'Next.js',
    workerData: { port: port2, gateWord: gateWord() } satisfies Given,
    transferList: [port2],
  })
  thread.on('error', fail)
  thread.on('exit', () => {
    if (!lifetime.isEnding) fail(new Error('The thread that renders pages has ended'))
  })
  lifetime.onEnd(async (hurry) => {
    const hurried = new Promise((resolve) => hurry.addEventListener('abort', resolve))
    await Promise.race([next.end().catch(() => {}), hurried])
    await thread.terminate()
  })

  const connect = () => {
    const { port1, port2: other } = new MessageChannel()
    void next.connect(other)
    return new PortStream(port1)
  }
  return {
    prepare: next.prepare,
    origin: async (request) => {
      const { body, ...rest } = await next.answer(request)
      return { ...rest, body: asBuffer(body) }
    },
    listener: createProxy(connect, (error) => console.error(error)),
    heard: {
      forget: async (tags) => {
        await next.forget(tags).catch(() => {})
        forgetHere(tags)
      },
      setHearing: (isHearing) => {
        setHearing(isHearing)
        void next.setHearing(isHearing)
      },
    },
  }
}
