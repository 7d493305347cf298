import { Static } from '@/components/ui/static/static'
import { count } from '@/components/ui/text'
import type { ColourCount } from '@/lib/artwork/colours/views'
import styles from './swatches.module.css'

export const colourPath = (colour: string): string => `/albums?color=${encodeURIComponent(colour)}`

/** The colours that albums have, each leading to those that do. @param current the one that is looked at. */
export function Swatches({ colours, current }: { colours: ColourCount[]; current?: string | undefined }) {
  // Where there are no pictures there are no colours.
  if (colours.length === 0) return null
  return (
    <nav className={styles.swatches} aria-label="Albums by colour" data-screen>
      <Static as="ul">
        {colours.map(({ name, hex, albums, isAll }) => {
          const said = `${name}, ${isAll ? '' : 'more than '}${count(albums, 'album')}`
          return (
            <li key={name}>
              <a href={colourPath(name)} aria-current={name === current ? 'true' : undefined} title={said}>
                <span className={styles.swatch} style={{ backgroundColor: hex }} aria-hidden="true" />
                <span className="aside">{said}</span>
              </a>
            </li>
          )
        })}
      </Static>
    </nav>
  )
}
