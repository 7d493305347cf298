import { notFound, permanentRedirect } from 'next/navigation'
import { idOf, refOf } from '@/lib/catalogue/slug'
import type { Moved } from '@/lib/catalogue/views'

/** What the parts of an address mean. What they can't mean is answered with a 404. */

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
 * What a reference such as "ok-computer-1432" stands for. Where its words are wrong or it was merged into another, the
 * visit is led on to the address that `path` gives for the right reference.
 */
export async function referred<T extends Referred>(
  ref: string,
  read: (id: number) => Promise<T | Moved | null>,
  path: (thing: T) => string,
): Promise<T> {
  const named = found(await read(found(idOf(ref))))
  // Redirects are flat: what another was merged into has not moved itself.
  const thing = 'movedTo' in named ? found(await read(named.movedTo)) : named
  if ('movedTo' in thing) notFound()
  if (refOf(thing) !== ref) permanentRedirect(path(thing))
  return thing
}
