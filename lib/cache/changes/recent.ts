import { type Dependency, EVERYTHING, parseDependency } from '@/lib/cache/dependencies/names'
import { some } from '@/lib/cache/dependencies/packed'

/** The changes that this process knows of, for checking cached data. */

/** A change of the log: what a transaction changed, and when, in milliseconds since the epoch. */
export type Change = { number: number; changedAt: number; names: readonly string[] }

/** The kinds of data whose changes are counted, for entity tags of whole lists. */
export const tags = ['artists', 'albums', 'songs', 'genres', 'playlists', 'search'] as const
export type Tag = (typeof tags)[number]

/** How often the data of a kind has changed, and when last, in milliseconds since the epoch. */
export type Revision = { number: number; changedAt: number }

/** Changed dependencies to remember, with about 50 bytes each. Older data is checked by reading it again. */
const MAX_REMEMBERED = 200_000

type RecentChanges = {
  /** Counts how often this process has lost track of the changes. Numbers of different epochs can't be compared. */
  epoch: number
  /** The number of the last change. */
  number: number
  /** The number of the last change of everything. */
  everything: number
  /** Data that was read before this change may be stale: its dependencies are no longer remembered. */
  knownSince: number
  /** The number of the last change of each dependency, the longest unchanged first. */
  last: Map<Dependency, number>
  revisions: Map<string, Revision>
  listeners: Set<(names: readonly string[] | undefined) => void>
}

/** Next.js has copies of this module in each bundle; they share the changes. */
const shared = globalThis as typeof globalThis & { syroChanges?: RecentChanges }

function state(): RecentChanges {
  shared.syroChanges ??= {
    epoch: 0,
    number: 0,
    everything: 0,
    knownSince: 0,
    last: new Map(),
    revisions: new Map(),
    listeners: new Set(),
  }
  return shared.syroChanges
}

/** A moment in the order of changes, as this process knows them. */
export type Moment = { epoch: number; at: number }

export const currentMoment = (): Moment => ({ epoch: state().epoch, at: state().number })

/** The number of the last change that this process knows of. */
export const currentChange = (): number => state().number

/** Calls `listener` with the names of changed dependencies, or without names if changes may have been missed. */
export function onChange(listener: (names: readonly string[] | undefined) => void): void {
  state().listeners.add(listener)
}

/** Applies a change of the log. Changes must come in order; known ones are skipped. */
export function applyChange({ number, changedAt, names }: Change): void {
  const changes = state()
  if (number <= changes.number) return
  changes.number = number
  for (const name of names) {
    const dependency = parseDependency(name)
    if (name === EVERYTHING || dependency === undefined) changes.everything = number
    else remember(changes, dependency, number)
  }
  for (const tag of tags)
    if ([EVERYTHING, `${tag}.filtered`, tag].some((name) => names.includes(name)))
      changes.revisions.set(tag, { number: revisionOf(tag).number + 1, changedAt })
  for (const listener of changes.listeners) listener(names)
}

/** The revision of a kind of data, as of the last change that this process knows of. */
export const revisionOf = (tag: Tag): Revision => state().revisions.get(tag) ?? { number: 0, changedAt: 0 }

function remember({ last }: RecentChanges, dependency: Dependency, number: number): void {
  // A key that is deleted first moves to the end.
  last.delete(dependency)
  last.set(dependency, number)
  if (last.size <= MAX_REMEMBERED) return
  const [[oldest, since] = []] = last
  if (oldest === undefined || since === undefined) return
  last.delete(oldest)
  const changes = state()
  changes.knownSince = Math.max(changes.knownSince, since)
}

/** A state of the catalogue, where the changes that led to it are unknown. */
export type Restart = { epoch: number; number: number; revisions: [tag: string, revision: Revision][] }

/** Continues at a change whose predecessors are unknown: all cached data may be stale. */
export function restartAt({ epoch, number, revisions }: Restart): void {
  const changes = state()
  Object.assign(changes, { epoch, number, everything: 0, knownSince: number, revisions: new Map(revisions) })
  changes.last.clear()
  for (const listener of changes.listeners) listener(undefined)
}

/** Makes all cached data unknown, as after missed changes. */
export function doubtAll(): void {
  const { epoch, number, revisions } = state()
  restartAt({ epoch: epoch + 1, number, revisions: [...revisions] })
}

/** The dependencies of data, and the last change that they were checked against. */
export type Dependencies = Moment & {
  /** A change of these makes the data stale. */
  hard: string
  /** After a change of these, the data may be served until it expires. */
  soft: string
}

/** "soft": only secondary content is stale. "unknown": changes were missed, so it may be stale. */
export type Currency = 'current' | 'soft' | 'stale' | 'unknown'

/** Whether data is current. Remembers the answer: the next check has only later changes to look at. */
export function currencyOf(dependencies: Dependencies): Currency {
  const { epoch, number, everything, knownSince, last } = state()
  const { at, hard, soft } = dependencies
  if (at >= number && dependencies.epoch === epoch) return 'current'
  if (hard === '' && soft === '') return 'current'
  if (dependencies.epoch !== epoch) return 'unknown'
  if (at < everything) return 'stale'
  if (at < knownSince) return 'unknown'
  const isChanged = (dependency: Dependency) => (last.get(dependency) ?? 0) > at
  if (some(hard, isChanged)) return 'stale'
  if (some(soft, isChanged)) return 'soft'
  dependencies.at = number
  return 'current'
}

/** Whether data may be used without reading it again. */
export const isCurrent = (dependencies: Dependencies): boolean => currencyOf(dependencies) === 'current'

/** The dependencies of data that no change affects. */
export const NO_DEPENDENCIES: Dependencies = { epoch: 0, at: 0, hard: '', soft: '' }
