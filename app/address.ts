import { notFound, permanentRedirect } from 'next/navigation'
import { idOf, refOf } from '@/lib/catalogue/slug'
import type { Moved } from '@/lib/catalogue/views'

/** Parsers of the parts of a page’s address. An invalid part is a 404. */

export function pageOf(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) notFound()
  return Number(text)
}

export function oneOf<Choice extends string>(choices: readonly Choice[], text: string): Choice {
  return choices.find((choice) => choice === text) ?? notFound()
}

export const orNotFound = <T>(entity: T | null): T => entity ?? notFound()

/** An entity that an address names by its id and its slug. */
export type RefEntity = { id: number } & ({ title: string } | { name: string })

/**
 * Reads the entity that a reference such as "ok-computer-1432" names. If its slug is wrong or the entity was merged into
 * another, redirects to the address that `path` gives for the right reference.
 */
export async function findByRef<T extends RefEntity>(
  ref: string,
  read: (id: number) => Promise<T | Moved | null>,
  path: (entity: T) => string,
): Promise<T> {
  const first = orNotFound(await read(orNotFound(idOf(ref))))
  // Redirects are flat: the target of a merge was not merged itself.
  const entity = 'movedTo' in first ? orNotFound(await read(first.movedTo)) : first
  if ('movedTo' in entity) notFound()
  if (refOf(entity) !== ref) permanentRedirect(path(entity))
  return entity
}
