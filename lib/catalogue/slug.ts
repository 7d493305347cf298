import anyAscii from 'any-ascii'

/** Addresses such as `/albums/ok-computer-1432`: the number identifies the album, the words are for people. */

/** Longer slugs are cut at a word. */
const MAX_LENGTH = 60

/** Han has no spaces between words; each character is a syllable. */
const HAN = /\p{Script=Han}/gu

/** The words of a title in any script as lower-case ASCII, joined by hyphens; empty if it has none ("!!!"). */
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

/** The reference in an address: "ok-computer-1432", or "1432" if the title has no words. */
export function refOf(entity: { id: number; title: string } | { id: number; name: string }): string {
  const slug = slugify('title' in entity ? entity.title : entity.name)
  return slug === '' ? String(entity.id) : `${slug}-${entity.id}`
}

/** PostgreSQL's largest integer. */
const MAX_ID = 2_147_483_647

/** The id in a reference, or null. */
export function idOf(ref: string): number | null {
  const digits = /(?:^|-)([1-9]\d{0,9})$/.exec(ref)?.[1]
  const id = Number(digits)
  return digits !== undefined && id <= MAX_ID ? id : null
}
