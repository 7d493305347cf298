import type { ClientBase } from 'pg'
import { countChange } from '@/lib/cache/revision/count'

/**
 * Invalidation: a write tells every process on the database what it changed, in its own transaction, and each process
 * clears every tier of its caches. PostgreSQL delivers the message when, and only when, the transaction commits.
 */

/** The kinds of data that cached responses depend on. */
export const tags = ['artists', 'albums', 'songs', 'genres', 'playlists', 'search', 'keys', 'artwork'] as const
export type Tag = (typeof tags)[number]

export const CHANNEL = 'syro_forget'

/**
 * Tells every process what changed, once the transaction of `client` commits, and counts the change
 * (lib/cache/revision). It must be the last statement of the transaction: it blocks others that change the same.
 */
export async function forget(client: Pick<ClientBase, 'query'>, forgotten: readonly Tag[] = tags): Promise<void> {
  await countChange(client, forgotten)
  await client.query('SELECT pg_notify($1, $2)', [CHANNEL, forgotten.join(' ')])
}

type Forgetter = (forgotten: readonly string[] | undefined) => void

const shared = globalThis as typeof globalThis & {
  syroForgetters?: Set<Forgetter>
  syroGeneration?: number
  /** Whether this process hears the changes of others; lib/cache/listen.ts sets it. */
  syroListening?: boolean
  /** The data of pages (lib/next/page-data.ts). Its keys contain the generation, so clearing it only frees memory. */
  syroPageData?: { clear(): void }
}

/** Calls `forgetter` at every invalidation in this process; without tags when changes may have been missed. */
export function onForget(forgetter: Forgetter): void {
  shared.syroForgetters ??= new Set()
  shared.syroForgetters.add(forgetter)
}

/** The data of pages depends on the catalogue alone; of covers it only has addresses. */
const isOfPages = (tag: string): boolean => tag !== 'keys' && tag !== 'search' && tag !== 'artwork'

/** Clears the caches of this process. @param forgotten undefined when changes may have been missed. */
export function forgetHere(forgotten?: readonly string[]): void {
  if (!forgotten || forgotten.some(isOfPages)) {
    shared.syroGeneration = generation() + 1
    shared.syroPageData?.clear()
  }
  for (const forgetter of shared.syroForgetters ?? []) forgetter(forgotten)
}

/**
 * Counts invalidations. A key with this number can't be filled with data that was read before the last one, however
 * late the reader is.
 */
export const generation = (): number => shared.syroGeneration ?? 0

/** Whether this process hears the changes of others now. Data that must never be stale is cached only while it does. */
export const isListening = (): boolean => shared.syroListening ?? false

/** For lib/cache/listen.ts. */
export function setListening(isListening: boolean): void {
  shared.syroListening = isListening
}
