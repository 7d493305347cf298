import { AsyncLocalStorage } from 'node:async_hooks'
import { currentMoment, type Dependencies, NO_DEPENDENCIES } from '@/lib/cache/changes/recent'
import { PAGE_SECONDS } from '@/lib/cache/page-seconds'
import { type Dependency, type OwnedKind, type SingleKind, toDependency } from './names'
import { pack, some } from './packed'

/**
 * Records the dependencies of a response while it is made. Readers record them, so pages and operations can't forget any. Cached
 * data passes its dependencies on to the response that uses it.
 */

class Recorder {
  /** The data is read after this change, and so has it. */
  readonly moment = currentMoment()
  readonly hard = new Set<Dependency>()
  readonly soft = new Set<Dependency>()
  /** When the first of the cached parts expires, in milliseconds since the epoch. */
  expiresAt = Number.POSITIVE_INFINITY
  isAging = false
}

/** The recorder of a call, and whether the call reads secondary content. */
type Recording = { recorder: Recorder; isSoft: boolean }

const shared = globalThis as typeof globalThis & { syroRecording?: AsyncLocalStorage<Recording> }
const recordings = (): AsyncLocalStorage<Recording> => {
  shared.syroRecording ??= new AsyncLocalStorage()
  return shared.syroRecording
}

function add(dependency: Dependency): void {
  const recording = recordings().getStore()
  if (!recording) return
  const { recorder, isSoft } = recording
  if (isSoft) recorder.soft.add(dependency)
  else recorder.hard.add(dependency)
}

/** Records a dependency of the response that is being made. Without one, it does nothing. */
export function dependOn(kind: OwnedKind, id: number): void
export function dependOn(kind: SingleKind): void
export function dependOn(kind: OwnedKind | SingleKind, id?: number): void {
  add(toDependency(kind, id))
}

/** Records a dependency on each of these. */
export function dependOnEach(kind: OwnedKind, ids: readonly number[]): void {
  for (const id of ids) dependOn(kind, id)
}

/** How long data is valid. */
export type Validity = {
  dependencies: Dependencies
  /** When it expires, if a part of it was cached; in milliseconds since the epoch. */
  expiresAt: number
  /** Whether it has parts that no change makes stale: it must not be used when it has expired. */
  isAging: boolean
}

export type Recorded<Result> = Validity & { result: Result }

/** Runs `read` and records its dependencies, only. */
export async function recording<Result>(read: () => Promise<Result>): Promise<Recorded<Result>> {
  const recorder = new Recorder()
  const result = await recordings().run({ recorder, isSoft: false }, read)
  const { moment, hard, soft, expiresAt, isAging } = recorder
  for (const dependency of hard) soft.delete(dependency)
  return { result, dependencies: { ...moment, hard: pack(hard), soft: pack(soft) }, expiresAt, isAging }
}

/**
 * Reads secondary content: after a change, the old one may be served until it is as old as a page's lifetime, on the pages
 * that say so in lib/http/pages.mjs.
 */
export function secondary<Result>(read: () => Promise<Result>): Promise<Result> {
  const recording = recordings().getStore()
  return recording ? recordings().run({ ...recording, isSoft: true }, read) : read()
}

/**
 * Reads secondary content that changes with a great part of all writes, such as the letters of a list: a change does not make
 * the response stale, which is only good for a page's lifetime.
 */
export async function aging<Result>(read: () => Promise<Result>): Promise<Result> {
  const { result, expiresAt } = await recording(read)
  inherit({
    dependencies: NO_DEPENDENCIES,
    expiresAt: Math.min(expiresAt, Date.now() + PAGE_SECONDS * 1000),
    isAging: true,
  })
  return result
}

/** Passes the dependencies of cached data on to the response that is being made of it. */
export function inherit({ dependencies: { hard, soft }, expiresAt, isAging }: Validity): void {
  const recording = recordings().getStore()
  if (!recording) return
  const { recorder, isSoft } = recording
  const put = (packed: string, into: Set<Dependency>) =>
    some(packed, (dependency) => {
      into.add(dependency)
      return false
    })
  put(hard, isSoft ? recorder.soft : recorder.hard)
  put(soft, recorder.soft)
  recorder.expiresAt = Math.min(recorder.expiresAt, expiresAt)
  recorder.isAging ||= isAging
}
