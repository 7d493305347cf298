import { Static } from '@/components/ui/static/static'
import { type ListAddress, pageAddress } from './address'
import styles from './letters.module.css'

/** A tab of the A–Z bar, "a" to "z", "0" or the name of a script, and the page on which it begins. */
export type Letter = { letter: string; page: number }

const NUMBERS = { label: '#', name: 'Numbers and symbols' }

const isScript = ({ letter }: Letter): boolean => letter.length > 1

/** The index entries that a page of the list contains. */
export const lettersOn = (letters: Letter[], page: number): string[] =>
  letters
    .filter((entry, index) => entry.page <= page && page <= (letters[index + 1]?.page ?? page))
    .map(({ letter }) => letter)

/**
 * The A–Z bar: a tab for each letter and script of the list, linked to the page on which it begins.
 * @param name of the list, for screen readers.
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
  if (!letters.some(({ page }) => page > 1)) return null
  return (
    <nav className={styles.letters} aria-label={`${name} by letter`} data-screen>
      {[letters.filter((entry) => !isScript(entry)), letters.filter(isScript)].map(
        (entries, index) =>
          entries.length > 0 && (
            <Static
              as="ul"
              key={index === 0 ? 'letters' : 'scripts'}
              className={index === 0 ? styles.latin : styles.scripts}
            >
              {entries.map(({ letter, page }) => (
                <li key={letter}>
                  <a
                    href={pageAddress(of, page)}
                    aria-current={marked.includes(letter) ? 'true' : undefined}
                    aria-label={letter === '0' ? NUMBERS.name : undefined}
                  >
                    {letter === '0' ? NUMBERS.label : letter.length === 1 ? letter.toUpperCase() : letter}
                  </a>
                </li>
              ))}
            </Static>
          ),
      )}
    </nav>
  )
}
