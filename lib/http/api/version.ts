import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { revisionOf, type Tag } from '@/lib/cache/changes/recent'
import { checkChanges } from '@/lib/cache/data'
import { type Coding, codings } from '@/lib/cache/response/encoding'
import type { Contract } from './contract'
import type { Representation } from './representation'

/** The version of a response: it tells whether a client's copy is current. */
export type Version = {
  /** The name in the entity tag, which adds the content coding. */
  name: string
  /** When data of its kinds last changed, in milliseconds since the epoch. */
  changedAt: number
  /** When the response changes by itself, where that is known; in milliseconds since the epoch. */
  expiresAt?: number | undefined
}

const shared = globalThis as typeof globalThis & { syroBuild?: Promise<string> }

/** Another build may respond differently. */
function buildName(): Promise<string> {
  shared.syroBuild ??= readFile('.next/BUILD_ID', 'utf8').catch(() => 'development')
  return shared.syroBuild
}

const changedAtOf = (tags: readonly Tag[]): number => Math.max(0, ...tags.map((tag) => revisionOf(tag).changedAt))

/** The version of a whole response is its content, so that it changes only with that. */
export const versionOf = (
  { dependsOn }: Pick<Contract, 'dependsOn'>,
  { name, expiresAt }: Pick<Representation, 'name' | 'expiresAt'>,
): Version => ({ name, changedAt: changedAtOf(dependsOn), expiresAt })

/**
 * The version of a stream, which must be known before anything is read: the revisions of its kinds of data, and the build
 * that makes it. The time of the last change is part of it: a catalogue restored from a backup, or another one at the same
 * address, may have the same numbers.
 * @param address the absolute canonical address.
 */
export async function streamVersionOf(
  { id, dependsOn }: Pick<Contract, 'id' | 'dependsOn'>,
  address: string,
): Promise<Version> {
  await checkChanges()
  const revisions = dependsOn.map((tag) => [tag, revisionOf(tag).number, revisionOf(tag).changedAt])
  return {
    name: digestOf(JSON.stringify([await buildName(), id, address, revisions])),
    changedAt: changedAtOf(dependsOn),
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

/** Entity tags are strong (RFC 9110, 8.8.3), so they differ by content coding. */
const etagOf = ({ name }: Version, coding: Coding): string =>
  coding === 'identity' ? `"${name}"` : `"${name}-${coding}"`

/** A Last-Modified within the current second would not tell later changes in it (RFC 9110, 8.8.2.2). */
const SETTLED_AFTER_MS = 1_000

/**
 * The Last-Modified of a version; undefined within the second of the change, and for a response that changes by itself.
 * @param now ms since the epoch.
 */
const lastModifiedOf = ({ changedAt, expiresAt }: Version, now: number): string | undefined =>
  expiresAt === undefined && changedAt > 0 && now - changedAt > SETTLED_AFTER_MS
    ? new Date(changedAt).toUTCString()
    : undefined

/**
 * The tags of an If-None-Match. They are compared weakly (RFC 9110, 13.1.2), because a proxy may have made them weak.
 */
const TAGS = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/**
 * The entity tag of this version that the client has, if it has one. Only responses that were given have tags, so a
 * known tag also proves that there is something at the address.
 */
export function knownTag(version: Version, headers: Headers): string | undefined {
  for (const [, tag = ''] of headers.get('if-none-match')?.matchAll(TAGS) ?? [])
    if (codings.some((coding) => etagOf(version, coding) === tag)) return tag
  return undefined
}

/** Whether the client's conditions say that it has this version of an existing resource (RFC 9110, 13.2.2). */
export function isKnown(version: Version, headers: Headers): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null) return tags.trim() === '*' || knownTag(version, headers) !== undefined
  if (version.expiresAt !== undefined) return false
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  return !Number.isNaN(since) && version.changedAt > 0 && Math.floor(version.changedAt / 1000) * 1000 <= since
}

/** The facts behind a response's caching headers. Times are in ms since the epoch. */
export type Freshness = {
  version: Version
  now: number
  /** Seconds for which shared caches may keep the response, by its contract. */
  seconds: number
  /** The content coding of the response, or of the client's copy. */
  coding: Coding
  /** Whether the response is the same for every client, whatever host it asked. */
  isShared: boolean
  /** When the response was made, if it states its age. */
  generatedAt?: number
}

/**
 * Browsers revalidate each time, which is free while nothing has changed. Shared caches keep a response as long as the
 * contract says, and a day longer while they refresh it or can't reach the site.
 */
const sharedFor = (seconds: number) =>
  `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=86400, stale-if-error=86400`
/** For responses whose addresses contain the requested host. */
export const PRIVATE = 'private, max-age=0'

export function freshnessHeaders({
  version,
  seconds: most,
  coding,
  isShared,
  now,
  generatedAt = now,
}: Freshness): Record<string, string> {
  const { expiresAt = Number.POSITIVE_INFINITY } = version
  const seconds = Math.max(0, Math.min(most, Math.floor((expiresAt - generatedAt) / 1_000)))
  const modified = lastModifiedOf(version, now)
  return {
    'cache-control': isShared ? sharedFor(seconds) : PRIVATE,
    vary: 'Accept, Accept-Encoding',
    etag: etagOf(version, coding),
    ...(modified && { 'last-modified': modified }),
  }
}

/**
 * The caching headers of a stream. Its tag is weak: a stream that is read while the catalogue is written may mix two
 * states, and parts of it expire by themselves. Only the client keeps it.
 */
export function streamHeaders(version: Version, now: number): Record<string, string> {
  const modified = lastModifiedOf(version, now)
  return {
    'cache-control': PRIVATE,
    vary: 'Accept, Accept-Encoding',
    etag: `W/${etagOf(version, 'identity')}`,
    ...(modified && { 'last-modified': modified }),
  }
}

/** The 304 for a client that has the list from a stream. */
export const streamNotModified = (version: Version, requestId: string, now: number): Response =>
  new Response(null, { status: 304, headers: { ...streamHeaders(version, now), 'x-request-id': requestId } })

/** The 304 for a client that has the current version. @param tag the client's tag, where it sent one. */
export function notModified(freshness: Freshness, requestId: string, tag?: string): Response {
  const headers = { ...freshnessHeaders({ ...freshness, generatedAt: freshness.now }), ...(tag && { etag: tag }) }
  return new Response(null, { status: 304, headers: { ...headers, 'x-request-id': requestId } })
}
