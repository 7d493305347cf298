import type { RequestListener } from 'node:http'
import { MessageChannel, SHARE_ENV, Worker } from 'node:worker_threads'
import { forgetHere, setHearing } from '@/lib/cache/forget'
import type { ChangeListener } from '@/lib/cache/listen'
import type { Origin } from '@/lib/cache/response/origin'
import { gateWord } from '@/lib/http/gate/gate-word'
import { charge, peek, refund } from '@/lib/http/limits/limits'
import type { Lifetime } from '@/lib/lifetime'
import type { SiteOptions } from '@/lib/next/load'
import { log } from '@/lib/observability/log'
import { connectCalls } from './calls'
import type { FrontProcedures, ThreadData, NextProcedures } from './interface'
import { createProxy } from './proxy'
import { keepSocket, removeAbandoned } from './socket'
import { farOrigin } from './whole-response'

/** Next.js, in a thread of its own. */
export type NextThread = {
  /** Loads it, when the site is built and the database there. @throws what Next.js throws. */
  prepare(where: Omit<SiteOptions, 'dev'>): Promise<void>
  /** Answers a request without a body, whole and in a message. */
  origin: Origin
  /** Answers any request, as a stream over a Unix socket. */
  stream: RequestListener
  /** Tells this thread and that one what is forgotten: that one first, so that this one keeps nothing old of it. */
  heard: ChangeListener
}

/**
 * Starts the thread that Next.js runs in. The thread that listens does nothing but that and sending what is kept: a page
 * that is being rendered, and what Next.js changes about node:http and promises as it loads, would slow each of those
 * (bench/RESULTS.md). They share one process and its environment; each has caches and database connections of its own.
 * @param fail told when it ends by itself.
 */
export function startNextThread(lifetime: Lifetime, fail: (error: unknown) => void): NextThread {
  const { port1: port, port2 } = new MessageChannel()
  const next = connectCalls<NextProcedures>(port, {
    forgotten: forgetHere,
    charge,
    peek,
    refund,
  } satisfies FrontProcedures)
  const thread = new Worker(new URL('./thread.mjs', import.meta.url), {
    env: SHARE_ENV,
    name: 'Next.js',
    workerData: { port: port2, gateWord: gateWord() } satisfies ThreadData,
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

  const onError = (err: unknown) => log.error({ err }, 'A request to Next.js failed')
  const socket = keepSocket(next.listen)
  return {
    prepare: async (where) => {
      void removeAbandoned()
      await socket.open()
      await next.prepare(where)
    },
    origin: farOrigin(next.answer),
    stream: createProxy(socket, onError),
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
