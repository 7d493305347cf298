import type { RequestListener } from 'node:http'
import { MessageChannel, SHARE_ENV, Worker } from 'node:worker_threads'
import type { ChangeReceiver } from '@/lib/cache/changes/listen'
import { setListening } from '@/lib/cache/changes/listening'
import { apply, catchUp } from '@/lib/cache/changes/read'
import type { Origin } from '@/lib/cache/response/origin'
import { gateSecret } from '@/lib/http/gate/gate-secret'
import { charge, peek, refund } from '@/lib/http/limits/limits'
import type { Lifetime } from '@/lib/lifetime'
import type { SiteOptions } from '@/lib/next/load'
import { log } from '@/lib/observability/log'
import { connectCalls } from './calls'
import type { FrontProcedures, NextProcedures, ThreadData } from './interface'
import { createProxy } from './proxy'
import { keepSocket, removeAbandoned } from './socket'
import { farOrigin } from './whole-response'

/** Next.js, in a thread of its own. */
export type NextThread = {
  /** Loads Next.js, once the site is built and the database is available. @throws the error of Next.js. */
  prepare(where: Omit<SiteOptions, 'dev'>): Promise<void>
  /** Answers a request without a body, in one message. */
  origin: Origin
  /** Answers any request as a stream over a Unix socket. */
  stream: RequestListener
  /** Applies changes in both threads: in Next.js's first, so that this one stores no stale data from it. */
  receiver: ChangeReceiver
}

/**
 * Starts Next.js in a thread of its own. The listening thread only listens and sends cached responses: rendering pages,
 * and Next.js's changes to node:http and promises, would slow each of those down (bench/RESULTS.md). The threads share
 * the process and its environment; each has its own caches and database connections.
 * @param fail called when the thread ends by itself.
 */
export function startNextThread(lifetime: Lifetime, fail: (error: unknown) => void): NextThread {
  const { port1: port, port2 } = new MessageChannel()
  const next = connectCalls<NextProcedures>(port, {
    catchUp,
    charge,
    peek,
    refund,
  } satisfies FrontProcedures)
  const thread = new Worker(new URL('./thread.mjs', import.meta.url), {
    env: SHARE_ENV,
    name: 'Next.js',
    workerData: { port: port2, gateSecret: gateSecret() } satisfies ThreadData,
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
    receiver: {
      apply: async (missed) => {
        await next.apply(missed).catch(() => {})
        apply(missed)
      },
      setListening: (isListening) => {
        setListening(isListening)
        void next.setListening(isListening)
      },
    },
  }
}
