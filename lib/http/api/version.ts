import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Tag } from '@/lib/cache/forget'
import { type Coding, codings } from '@/lib/cache/response/encoding'
import { readRevisions } from '@/lib/cache/revision/read'
import type { Contract } from './contract'

/**
 * Versions of answers: what one is made of, by its revisions, and the build that makes it. So it is known whether a
 * client's copy is still good before anything is read.
 */
export type Version = {
  /** For an entity tag, which adds the content coding. */
  name: string
  /** When what it is made of last changed, in milliseconds since the epoch. */
  changedAt: number
}

const shared = globalThis as typeof globalThis & { syroBuild?: Promise<string> }

/** Another build may answer otherwise. */
function buildName(): Promise<string> {
  shared.syroBuild ??= readFile('.next/BUILD_ID', 'utf8').catch(() => 'development')
  return shared.syroBuild
}

/**
 * The moment is part of the name: a catalogue that is restored from a backup, or another one at the same address, counts
 * its changes from where it is.
 * @param address the absolute address of what is answered, with its parameters in their one order.
 */
export async function versionOf({ id, madeOf }: Pick<Contract, 'id' | 'madeOf'>, address: string): Promise<Version> {
  const [build, all] = await Promise.all([buildName(), readRevisions()])
  const revisions = all.filter(({ tag }) => madeOf.includes(tag as Tag))
  const name = createHash('sha256')
    .update(
      JSON.stringify([build, id, address, revisions.map(({ tag, number, changedAt }) => [tag, number, changedAt])]),
    )
    .digest('base64url')
    .slice(0, 22)
  return { name, changedAt: Math.max(0, ...revisions.map(({ changedAt }) => changedAt)) }
}

/**
 * Entity tags differ by content coding: they are strong (RFC 9110, 8.8.3). They say, too, until when what they are of is
 * right, where a time is known: under one version there is one such answer, and another when that is over.
 */
function etagOf({ name }: Version, coding: Coding, goodUntil: number | undefined): string {
  const time = goodUntil === undefined ? '' : `.${goodUntil.toString(36)}`
  return coding === 'identity' ? `"${name}${time}"` : `"${name}${time}-${coding}"`
}

/** When what has an entity tag is right no longer, as that says. */
function timeIn(tag: string): number | undefined {
  const time = /^"[^".]*\.([0-9a-z]{1,9})/.exec(tag)?.[1]
  return time === undefined ? undefined : Number.parseInt(time, 36)
}

/** A Last-Modified of this second would not tell what changes later in it (RFC 9110, 8.8.2.2). */
const SETTLED_AFTER_MS = 1_000

/** The Last-Modified of a version, where it can be told yet. @param now ms since the epoch. */
const lastModifiedOf = ({ changedAt }: Version, now: number): string | undefined =>
  changedAt > 0 && now - changedAt > SETTLED_AFTER_MS ? new Date(changedAt).toUTCString() : undefined

/** Both in ms since the epoch. */
type Moment = {
  now: number
  /** When the answer is right no longer, where that is known. */
  goodUntil?: number | undefined
}

/** The tags of an If-None-Match. They are compared weakly (RFC 9110, 13.1.2), for a proxy may have made them weak. */
const TAGS = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/**
 * The entity tag by which a client knows this version, if it does. Nobody has one of an answer that was not given, so it
 * also tells that there is something at the address.
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

/** Whether a client's conditions say that it has this version of something that is there (RFC 9110, 13.2.2). */
export function isKnown(version: Version, headers: Headers, { now, goodUntil }: Moment): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null) return tags.trim() === '*' || knownTag(version, headers, now) !== undefined
  // Of what changes by itself no date tells which it is, so none is given.
  if (goodUntil !== undefined) return false
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  return !Number.isNaN(since) && version.changedAt > 0 && Math.floor(version.changedAt / 1000) * 1000 <= since
}

/** What an answer says of how long it is good, and of what it depends on. */
export type Freshness = Moment & {
  version: Version
  /** Seconds for which shared caches may keep the response, by its contract. */
  seconds: number
  /** The content coding of what is sent, or of what the client has. */
  coding: Coding
  /** Whether all that ask at this address are answered the same, however they name the site. */
  isShared: boolean
  /** When the answer was made, where it says its age; ms since the epoch. */
  madeAt?: number
}

/**
 * Browsers ask again each time, which costs nothing while nothing has changed; shared caches keep an answer for as long as
 * the data tier does, and a day longer while they refresh it or can't reach us.
 */
const sharedFor = (seconds: number) =>
  `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=86400, stale-if-error=86400`
/** Of an answer whose addresses are of the host that was asked. */
export const PRIVATE = 'private, max-age=0'

export function freshnessHeaders({
  version,
  seconds: most,
  coding,
  isShared,
  now,
  goodUntil,
  madeAt = now,
}: Freshness): Record<string, string> {
  const seconds = Math.max(0, Math.min(most, Math.floor(((goodUntil ?? Number.POSITIVE_INFINITY) - madeAt) / 1_000)))
  const modified = goodUntil === undefined ? lastModifiedOf(version, now) : undefined
  return {
    'cache-control': isShared ? sharedFor(seconds) : PRIVATE,
    vary: 'Accept, Accept-Encoding',
    etag: etagOf(version, coding, goodUntil),
    ...(modified && { 'last-modified': modified }),
  }
}

/**
 * What a stream says of its version. It is weak: what was walked while the catalogue was written may be of two states, and
 * what it says of outside sources turns stale by itself. Only its client keeps it.
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

/** The version of a stream: the page at the same address has another. */
export const streamVersionOf = (contract: Pick<Contract, 'id' | 'madeOf'>, address: string): Promise<Version> =>
  versionOf(contract, `${address} as a stream`)

/** That nothing has changed in a list that the client has from a stream. */
export const streamNotModified = (version: Version, requestId: string, now: number): Response =>
  new Response(null, { status: 304, headers: { ...streamHeaders(version, now), 'x-request-id': requestId } })

/** That nothing has changed. @param tag by which the client knows it, where it named one. */
export function notModified(freshness: Freshness, requestId: string, tag?: string): Response {
  const goodUntil = tag === undefined ? freshness.goodUntil : timeIn(tag)
  const headers = { ...freshnessHeaders({ ...freshness, goodUntil, madeAt: freshness.now }), ...(tag && { etag: tag }) }
  return new Response(null, { status: 304, headers: { ...headers, 'x-request-id': requestId } })
}
