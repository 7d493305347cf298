import type { MessagePort } from 'node:worker_threads'
import type { OriginRequest, OriginResponse } from '@/lib/cache/response/origin'
import type { Policy, Standing } from '@/lib/http/limits/policy'
import type { SiteOptions } from '@/lib/next/load'

/** What the two threads do for each other. */

/** What the thread does that Next.js runs in. */
export type NextProcedures = {
  /** Loads Next.js, when the site is built and the database there. */
  prepare(where: Omit<SiteOptions, 'dev'>): Promise<void>
  /** Answers the requests that come over a Unix socket at this path, and no longer at the one before. */
  listen(socketPath: string): Promise<void>
  /** Answers a request whole. */
  answer(request: OriginRequest): Promise<OriginResponse>
  /** Clears its caches. */
  forget(tags: readonly string[] | undefined): void
  setHearing(hearing: boolean): void
  /** Sends what mail there is, and closes its connections. */
  end(): Promise<void>
}

/** What the thread does that listens. */
export type FrontProcedures = {
  /** A write clears the caches of its own process at once; others are told by the database. */
  forgotten(tags: readonly string[] | undefined): void
  charge(policy: Policy, id: string): Promise<Standing>
  peek(policy: Policy, id: string): Promise<Standing>
  refund(policy: Policy, id: string): Promise<void>
}

/** What the thread is given when it is started. */
export type ThreadData = { port: MessagePort; gateWord: string }
