import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Tag } from '@/lib/cache/forget'
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

/** @param address the absolute address of what is answered, with its parameters in their one order. */
export async function versionOf({ id, madeOf }: Pick<Contract, 'id' | 'madeOf'>, address: string): Promise<Version> {
  const [build, all] = await Promise.all([buildName(), readRevisions()])
  const revisions = all.filter(({ tag }) => madeOf.includes(tag as Tag))
  const name = createHash('sha256')
    .update(JSON.stringify([build, id, address, revisions.map(({ tag, number }) => [tag, number])]))
    .digest('base64url')
    .slice(0, 22)
  return { name, changedAt: Math.max(0, ...revisions.map(({ changedAt }) => changedAt)) }
}

/** Entity tags differ by content coding: they are strong (RFC 9110, 8.8.3). */
export const etagOf = ({ name }: Version, coding: string): string =>
  coding === 'identity' ? `"${name}"` : `"${name}-${coding}"`

/** A Last-Modified of this second would not tell what changes later in it (RFC 9110, 8.8.2.2). */
const SETTLED_AFTER_MS = 1_000

/** The Last-Modified of a version, where it can be told yet. @param now ms since the epoch. */
export const lastModifiedOf = ({ changedAt }: Version, now: number): string | undefined =>
  changedAt > 0 && now - changedAt > SETTLED_AFTER_MS ? new Date(changedAt).toUTCString() : undefined

/** Whether the copy that a client's conditions speak of is this version (RFC 9110, 13.2.2). */
export function isCurrent(version: Version, headers: Headers): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null)
    return tags.split(',').some((each) => {
      const tag = each.trim().replace(/^W\//, '')
      return tag === '*' || tag === `"${version.name}"` || tag.startsWith(`"${version.name}-`)
    })
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  return !Number.isNaN(since) && version.changedAt > 0 && Math.floor(version.changedAt / 1000) * 1000 <= since
}

/**
 * Browsers ask again each time, which costs nothing while nothing has changed; shared caches keep an answer for as long as
 * the data tier does, and a day longer while they refresh it or can't reach us.
 */
export const CACHE_CONTROL = 'public, max-age=0, s-maxage=300, stale-while-revalidate=86400, stale-if-error=86400'
