import { Static } from '@/components/ui/static/static'
import { count } from '@/components/ui/text'
import type { ColourCount } from '@/lib/artwork/colours/views'
import styles from './swatches.module.css'

export const colourPath = (colour: string): string => `/albums?color=${encodeURIComponent(colour)}`

/** Links to the albums of each cover colour. @param current the colour of the current page. */
export function Swatches({ colours, current }: { colours: ColourCount[]; current?: string | undefined }) {
  if (colours.length === 0) return null
  return (
    <nav className={styles.swatches} aria-label="Albums by colour" data-screen>
      <Static as="ul">
        {colours.map(({ name, hex, albums, isAll }) => {
          const label = `${name}, ${isAll ? '' : 'more than '}${count(albums, 'album')}`
          return (
            <li key={name}>
              <a href={colourPath(name)} aria-current={name === current ? 'true' : undefined} title={label}>
                <span className={styles.swatch} style={{ backgroundColor: hex }} aria-hidden="true" />
                <span className="aside">{label}</span>
              </a>
            </li>
          )
        })}
      </Static>
    </nav>
  )
}
