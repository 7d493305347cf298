import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Tag } from '@/lib/cache/forget'
import { type Coding, codings } from '@/lib/cache/response/encoding'
import { readRevisions } from '@/lib/cache/revision/read'
import type { Contract } from './contract'

/**
 * The version of a response: the revisions of its data, and the build that makes it. It tells whether a client's copy
 * is current before anything is read.
 */
export type Version = {
  /** The name in the entity tag, which adds the content coding. */
  name: string
  /** When its data last changed, in milliseconds since the epoch. */
  changedAt: number
}

const shared = globalThis as typeof globalThis & { syroBuild?: Promise<string> }

/** Another build may respond differently. */
function buildName(): Promise<string> {
  shared.syroBuild ??= readFile('.next/BUILD_ID', 'utf8').catch(() => 'development')
  return shared.syroBuild
}

/**
 * The time of the last change is part of the name: a catalogue restored from a backup, or another one at the same
 * address, may have the same revision numbers.
 * @param address the absolute canonical address.
 */
export async function versionOf(
  { id, dependsOn }: Pick<Contract, 'id' | 'dependsOn'>,
  address: string,
): Promise<Version> {
  const [build, all] = await Promise.all([buildName(), readRevisions()])
  const revisions = all.filter(({ tag }) => dependsOn.includes(tag as Tag))
  const name = createHash('sha256')
    .update(
      JSON.stringify([build, id, address, revisions.map(({ tag, number, changedAt }) => [tag, number, changedAt])]),
    )
    .digest('base64url')
    .slice(0, 22)
  return { name, changedAt: Math.max(0, ...revisions.map(({ changedAt }) => changedAt)) }
}

/**
 * Entity tags are strong (RFC 9110, 8.8.3), so they differ by content coding. They also hold the time at which the
 * response expires, where there is one: within one version the response changes then.
 */
function etagOf({ name }: Version, coding: Coding, expiresAt: number | undefined): string {
  const time = expiresAt === undefined ? '' : `.${expiresAt.toString(36)}`
  return coding === 'identity' ? `"${name}${time}"` : `"${name}${time}-${coding}"`
}

/** The expiry time in an entity tag. */
function timeIn(tag: string): number | undefined {
  const time = /^"[^".]*\.([0-9a-z]{1,9})/.exec(tag)?.[1]
  return time === undefined ? undefined : Number.parseInt(time, 36)
}

/** A Last-Modified within the current second would not tell later changes in it (RFC 9110, 8.8.2.2). */
const SETTLED_AFTER_MS = 1_000

/** The Last-Modified of a version; undefined within the second of the change. @param now ms since the epoch. */
const lastModifiedOf = ({ changedAt }: Version, now: number): string | undefined =>
  changedAt > 0 && now - changedAt > SETTLED_AFTER_MS ? new Date(changedAt).toUTCString() : undefined

/** Both in ms since the epoch. */
type Moment = {
  now: number
  /** When the response expires, where that is known. */
  expiresAt?: number | undefined
}

/**
 * The tags of an If-None-Match. They are compared weakly (RFC 9110, 13.1.2), because a proxy may have made them weak.
 */
const TAGS = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/**
 * The entity tag of this version that the client has, if it has one. Only responses that were given have tags, so a
 * known tag also proves that there is something at the address.
 * @param now ms since the epoch.
 */
export function knownTag(version: Version, headers: Headers, now: number): string | undefined {
  for (const [, tag = ''] of headers.get('if-none-match')?.matchAll(TAGS) ?? []) {
    const time = timeIn(tag)
    if ((time === undefined || time > now) && codings.some((coding) => etagOf(version, coding, time) === tag))
      return tag
  }
  return undefined
}

/** Whether the client's conditions say that it has this version of an existing resource (RFC 9110, 13.2.2). */
export function isKnown(version: Version, headers: Headers, { now, expiresAt }: Moment): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null) return tags.trim() === '*' || knownTag(version, headers, now) !== undefined
  // A response that expires by itself has no Last-Modified.
  if (expiresAt !== undefined) return false
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  return !Number.isNaN(since) && version.changedAt > 0 && Math.floor(version.changedAt / 1000) * 1000 <= since
}

/** The facts behind a response's caching headers. */
export type Freshness = Moment & {
  version: Version
  /** Seconds for which shared caches may keep the response, by its contract. */
  seconds: number
  /** The content coding of the response, or of the client's copy. */
  coding: Coding
  /** Whether the response is the same for every client, whatever host it asked. */
  isShared: boolean
  /** When the response was made, if it states its age; ms since the epoch. */
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
  expiresAt,
  generatedAt = now,
}: Freshness): Record<string, string> {
  const seconds = Math.max(
    0,
    Math.min(most, Math.floor(((expiresAt ?? Number.POSITIVE_INFINITY) - generatedAt) / 1_000)),
  )
  const modified = expiresAt === undefined ? lastModifiedOf(version, now) : undefined
  return {
    'cache-control': isShared ? sharedFor(seconds) : PRIVATE,
    vary: 'Accept, Accept-Encoding',
    etag: etagOf(version, coding, expiresAt),
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
    etag: `W/${etagOf(version, 'identity', undefined)}`,
    ...(modified && { 'last-modified': modified }),
  }
}

/** The version of a stream, which differs from that of the page at the same address. */
export const streamVersionOf = (contract: Pick<Contract, 'id' | 'dependsOn'>, address: string): Promise<Version> =>
  versionOf(contract, `${address} as a stream`)

/** The 304 for a client that has the list from a stream. */
export const streamNotModified = (version: Version, requestId: string, now: number): Response =>
  new Response(null, { status: 304, headers: { ...streamHeaders(version, now), 'x-request-id': requestId } })

/** The 304 for a client that has the current version. @param tag the client's tag, where it sent one. */
export function notModified(freshness: Freshness, requestId: string, tag?: string): Response {
  const expiresAt = tag === undefined ? freshness.expiresAt : timeIn(tag)
  const headers = {
    ...freshnessHeaders({ ...freshness, expiresAt, generatedAt: freshness.now }),
    ...(tag && { etag: tag }),
  }
  return new Response(null, { status: 304, headers: { ...headers, 'x-request-id': requestId } })
}
