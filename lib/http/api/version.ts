import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Tag } from '@/lib/cache/forget'
import { type Coding, codings } from '@/lib/cache/response/encoding'
import { readRevisions } from '@/lib/cache/revision/queries'
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

/** Entity tags differ by content coding: they are strong (RFC 9110, 8.8.3). */
const etagOf = ({ name }: Version, coding: Coding): string =>
  coding === 'identity' ? `"${name}"` : `"${name}-${coding}"`

/** A Last-Modified of this second would not tell what changes later in it (RFC 9110, 8.8.2.2). */
const SETTLED_AFTER_MS = 1_000

/** The Last-Modified of a version, where it can be told yet. @param now ms since the epoch. */
const lastModifiedOf = ({ changedAt }: Version, now: number): string | undefined =>
  changedAt > 0 && now - changedAt > SETTLED_AFTER_MS ? new Date(changedAt).toUTCString() : undefined

/** The tags of an If-None-Match. They are compared weakly (RFC 9110, 13.1.2), for a proxy may have made them weak. */
const TAGS = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/**
 * The entity tag by which a client knows this version, if it does. Nobody has one of an answer that was not given, so it
 * also tells that there is something at the address.
 */
export function knownTag(version: Version, headers: Headers): string | undefined {
  const current = codings.map((coding) => etagOf(version, coding))
  for (const [, tag = ''] of headers.get('if-none-match')?.matchAll(TAGS) ?? []) if (current.includes(tag)) return tag
  return undefined
}

/** Whether a client's conditions say that it has this version of something that is there (RFC 9110, 13.2.2). */
export function isKnown(version: Version, headers: Headers): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null) return tags.trim() === '*' || knownTag(version, headers) !== undefined
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  return !Number.isNaN(since) && version.changedAt > 0 && Math.floor(version.changedAt / 1000) * 1000 <= since
}

/** What an answer says of how long it is good, and of what it depends on. */
export type Freshness = {
  version: Version
  /** The content coding of what is sent, or of what the client has. */
  coding: Coding
  /** Whether all that ask at this address are answered the same, however they name the site. */
  isShared: boolean
  /** ms since the epoch. */
  now: number
}

/**
 * Browsers ask again each time, which costs nothing while nothing has changed; shared caches keep an answer for as long as
 * the data tier does, and a day longer while they refresh it or can't reach us.
 */
const SHARED = 'public, max-age=0, s-maxage=300, stale-while-revalidate=86400, stale-if-error=86400'
/** Of an answer whose addresses are of the host that was asked. */
export const PRIVATE = 'private, max-age=0'

export function freshnessHeaders({ version, coding, isShared, now }: Freshness): Record<string, string> {
  const modified = lastModifiedOf(version, now)
  return {
    'cache-control': isShared ? SHARED : PRIVATE,
    vary: 'Accept, Accept-Encoding',
    etag: etagOf(version, coding),
    ...(modified && { 'last-modified': modified }),
  }
}

/** That nothing has changed. @param tag by which the client knows it, where it named one. */
export const notModified = (freshness: Freshness, requestId: string, tag?: string): Response =>
  new Response(null, {
    status: 304,
    headers: { ...freshnessHeaders(freshness), ...(tag && { etag: tag }), 'x-request-id': requestId },
  })
