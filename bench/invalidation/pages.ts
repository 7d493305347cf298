import type pg from 'pg'
import { findLists, pageOf, someDetailPages } from '@/bench/pages/addresses'

/** Pages of all kinds, and what their cache knows of them. */

/** About this many pages of every kind: the first pages of all lists, then details. */
export async function somePages(client: pg.Client, count: number): Promise<string[]> {
  const lists = await findLists(client)
  const first = [
    '/',
    '/playlists',
    '/genres',
    ...lists.flatMap((list) => [1, 2, 3].filter((page) => page <= list.pages).map((page) => pageOf(list, page))),
  ]
  const each = Math.ceil(Math.max(0, count - first.length) / 3)
  const details: string[] = []
  for (const kind of ['albums', 'artists', 'songs'] as const)
    details.push(...(await someDetailPages(client, kind, each)))
  return [...new Set([...first, ...details])].slice(0, Math.max(count, 1))
}

export type Visit = { isHit: boolean; body: string }

/** Requests a page. A page that is only revalidated in the background is no hit. */
export async function visit(origin: string, path: string): Promise<Visit> {
  const response = await fetch(origin + path)
  const body = await response.text()
  if (response.status !== 200) throw new Error(`${path} has status ${response.status}`)
  const status = response.headers.get('cache-status') ?? ''
  return { isHit: status.includes('; hit') && !status.includes('detail='), body }
}

/** Requests pages until all are cached. @returns their bodies. */
export async function warm(origin: string, paths: readonly string[]): Promise<Map<string, string>> {
  const bodies = new Map<string, string>()
  for (const path of paths) {
    let found = await visit(origin, path)
    // A page that is not small enough for the cache would never be a hit.
    for (let tries = 0; !found.isHit && tries < 20; tries += 1) found = await visit(origin, path)
    bodies.set(path, found.body)
  }
  return bodies
}
