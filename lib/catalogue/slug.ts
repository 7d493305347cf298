import anyAscii from 'any-ascii'

/**
 * Addresses such as `/albums/ok-computer-1432`: the number finds the thing, the words are for people.
 */

/** Enough to recognise a title; longer ones are cut at a word. */
const MAX_LENGTH = 60

/** Han is written without spaces; each character reads as a syllable. */
const HAN = /\p{Script=Han}/gu

/** The words of a title in any script as lower-case ASCII, joined by hyphens; empty when it has none ("!!!"). */
export function slugify(text: string): string {
  const words = anyAscii(text.normalize('NFKC').replace(/['’]/g, '').replace(HAN, ' $& '))
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, MAX_LENGTH) : `${slug}-${word}`
    if (longer.length > MAX_LENGTH) break
    slug = longer
  }
  return slug
}

/** The reference that stands in an address: "ok-computer-1432", or just "1432" where the title gives no words. */
export function refOf(entity: { id: number; title: string } | { id: number; name: string }): string {
  const slug = slugify('title' in entity ? entity.title : entity.name)
  return slug === '' ? String(entity.id) : `${slug}-${entity.id}`
}

/** PostgreSQL's largest integer; a larger number in an address names nothing. */
const MAX_ID = 2_147_483_647

/** The id in a reference, or null where it holds none. */
export function idOf(ref: string): number | null {
  const digits = /(?:^|-)([1-9]\d{0,9})$/.exec(ref)?.[1]
  const id = Number(digits)
  return digits !== undefined && id <= MAX_ID ? id : null
}
