import type { ClientBase } from 'pg'
import { countChange } from '@/lib/cache/revision/count'

/**
 * Forgetting: what a write changed is told, in the write's own transaction, to every process on the database, and each
 * clears every tier of its caches. PostgreSQL delivers it when, and only when, the transaction commits.
 */

/** What cached things are made of. */
export const tags = ['artists', 'albums', 'songs', 'genres', 'playlists', 'search', 'keys', 'artwork'] as const
export type Tag = (typeof tags)[number]

export const CHANNEL = 'syro_forget'

/**
 * Tells every process, once the transaction that `client` is in commits, and counts the change (lib/cache/revision.ts).
 * The last thing that a transaction does: others that change the same wait until its end.
 */
export async function forget(client: Pick<ClientBase, 'query'>, forgotten: readonly Tag[] = tags): Promise<void> {
  await countChange(client, forgotten)
  await client.query('SELECT pg_notify($1, $2)', [CHANNEL, forgotten.join(' ')])
}

type Forgetter = (forgotten: readonly string[] | undefined) => void

const shared = globalThis as typeof globalThis & {
  syroForgetters?: Set<Forgetter>
  syroGeneration?: number
  /** Whether this process hears what others forget; lib/cache/listen.ts says so. */
  syroHearing?: boolean
  /** What pages read, kept by lib/next/page-data.ts. Its keys hold the generation, so all of it is out of date. */
  syroPageData?: { clear(): void }
}

/** Calls `forgetter` whenever something is forgotten in this process; with no tags when changes may have been missed. */
export function onForget(forgetter: Forgetter): void {
  shared.syroForgetters ??= new Set()
  shared.syroForgetters.add(forgetter)
}

/** What pages keep is made of the catalogue alone: of covers they know where they are. */
const isOfPages = (tag: string): boolean => tag !== 'keys' && tag !== 'search' && tag !== 'artwork'

/** Clears the caches of this process. @param forgotten undefined when changes may have been missed: it may be anything. */
export function forgetHere(forgotten?: readonly string[]): void {
  if (!forgotten || forgotten.some(isOfPages)) {
    shared.syroGeneration = generation() + 1
    shared.syroPageData?.clear()
  }
  for (const forgetter of shared.syroForgetters ?? []) forgetter(forgotten)
}

/**
 * Counts forgettings. A key that holds it can't be filled with what was read before the last one, however late the
 * reader is.
 */
export const generation = (): number => shared.syroGeneration ?? 0

/**
 * Whether this process hears what others change, at this moment. What must never be out of date is kept only while it
 * does.
 */
export const isHearing = (): boolean => shared.syroHearing ?? false

/** For lib/cache/listen.ts. */
export function setHearing(hearing: boolean): void {
  shared.syroHearing = hearing
}
