import type { ClientBase } from 'pg'

/**
 * Forgetting: what a write changed is told, in the write's own transaction, to every process on the database, and each
 * clears every tier of its caches. PostgreSQL delivers it when, and only when, the transaction commits.
 */

/** What cached things are made of. */
export const tags = ['artists', 'albums', 'songs', 'genres', 'playlists'] as const
export type Tag = (typeof tags)[number]

export const CHANNEL = 'syro_forget'

/** Tells every process, once the transaction that `client` is in commits. */
export async function forget(client: Pick<ClientBase, 'query'>, forgotten: readonly Tag[] = tags): Promise<void> {
  await client.query('SELECT pg_notify($1, $2)', [CHANNEL, forgotten.join(' ')])
}

type Forgetter = (forgotten: readonly string[] | undefined) => void

const shared = globalThis as typeof globalThis & {
  syroForgetters?: Set<Forgetter>
  syroGeneration?: number
  /** What pages read, kept by lib/cache/page-data.ts. Its keys hold the generation, so all of it is out of date. */
  syroPageData?: { clear(): void }
}

/** Calls `forgetter` whenever something is forgotten in this process; with no tags when everything is. */
export function onForget(forgetter: Forgetter): void {
  shared.syroForgetters ??= new Set()
  shared.syroForgetters.add(forgetter)
}

/** Clears the caches of this process. */
export function forgetHere(forgotten?: readonly string[]): void {
  shared.syroGeneration = generation() + 1
  shared.syroPageData?.clear()
  for (const forgetter of shared.syroForgetters ?? []) forgetter(forgotten)
}

/**
 * Counts forgettings. A key that holds it can't be filled with what was read before the last one, however late the
 * reader is.
 */
export const generation = (): number => shared.syroGeneration ?? 0
