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

export const found = <T>(thing: T | null): T => thing ?? notFound()

type Referred = { id: number } & ({ title: string } | { name: string })

/**
 * Reads the entity that a reference such as "ok-computer-1432" names. If its slug is wrong or the entity was merged into
 * another, redirects to the address that `path` gives for the right reference.
 */
export async function referred<T extends Referred>(
  ref: string,
  read: (id: number) => Promise<T | Moved | null>,
  path: (thing: T) => string,
): Promise<T> {
  const named = found(await read(found(idOf(ref))))
  // Redirects are flat: the target of a merge was not merged itself.
  const thing = 'movedTo' in named ? found(await read(named.movedTo)) : named
  if ('movedTo' in thing) notFound()
  if (refOf(thing) !== ref) permanentRedirect(path(thing))
  return thing
}
