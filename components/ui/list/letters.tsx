import { Static } from '@/components/ui/static/static'
import { type ListAddress, pageAddress } from './address'
import styles from './letters.module.css'

/** A file of the shelf, "a" to "z", "0" or "…", and the page of the list where it begins. */
export type Letter = { letter: string; page: number }

/** What a divider says, and how it is read aloud, where it isn't the letter itself. */
const named: Record<string, { label: string; name: string }> = {
  '0': { label: '#', name: 'Numbers and signs' },
  '…': { label: '…', name: 'Other scripts' },
}

const letterLabel = (letter: string): string => named[letter]?.label ?? letter.toUpperCase()

/** The letters that a page of the list shows. */
export const lettersOn = (letters: Letter[], page: number): string[] =>
  letters
    .filter((entry, index) => entry.page <= page && page <= (letters[index + 1]?.page ?? page))
    .map(({ letter }) => letter)

/**
 * The dividers of the shelf: each letter that the list has, leading to the page where it begins.
 * @param name of the list, read aloud.
 */
export function Letters({
  name,
  letters,
  of,
  marked,
}: {
  name: string
  letters: Letter[]
  of: ListAddress
  marked: string[]
}) {
  // A list of one page needs no jump.
  if (!letters.some(({ page }) => page > 1)) return null
  return (
    <nav className={styles.letters} aria-label={`${name} by letter`} data-screen>
      <Static as="ul">
        {letters.map(({ letter, page }) => (
          <li key={letter}>
            <a
              href={pageAddress(of, page)}
              aria-current={marked.includes(letter) ? 'true' : undefined}
              aria-label={named[letter]?.name}
            >
              {letterLabel(letter)}
            </a>
          </li>
        ))}
      </Static>
    </nav>
  )
}
