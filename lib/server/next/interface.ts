import type { MessagePort } from 'node:worker_threads'
import type { Missed } from '@/lib/cache/changes/read'
import type { OriginRequest, OriginResponse } from '@/lib/cache/response/origin'
import type { Policy, QuotaState } from '@/lib/http/limits/policy'
import type { SiteOptions } from '@/lib/next/load'

/** The procedures that the two threads call in each other. */

/** The procedures of Next.js's thread. */
export type NextProcedures = {
  /** Loads Next.js, once the site is built and the database is available. */
  prepare(where: Omit<SiteOptions, 'dev'>): Promise<void>
  /** Answers requests over a Unix socket at this path, and no longer at the previous one. */
  listen(socketPath: string): Promise<void>
  /** Answers a request with a whole response. */
  answer(request: OriginRequest): Promise<OriginResponse>
  /** Applies changes. */
  apply(missed: Missed): void
  setListening(hearing: boolean): void
  /** Sends waiting mails, and closes connections. */
  end(): Promise<void>
}

/** The procedures of the listening thread. */
export type FrontProcedures = {
  /** Applies all changes that were committed before the call, in both threads. */
  catchUp(): Promise<void>
  charge(policy: Policy, id: string): Promise<QuotaState>
  peek(policy: Policy, id: string): Promise<QuotaState>
  refund(policy: Policy, id: string): Promise<void>
}

/** The data with which the thread starts. */
export type ThreadData = { port: MessagePort; gateSecret: string }
