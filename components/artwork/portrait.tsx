import { faceOf } from '@/components/ui/fonts/face'
import { type CoverSubject, initialOf, labelOf } from '@/lib/catalogue/artwork/drawing'
import styles from './portrait.module.css'

/** The drawing of an artist, as wide as its container. It is decorative: the name is next to it. */
export function Portrait({ of }: { of: CoverSubject }) {
  const { palette, label } = labelOf(of)
  const initial = initialOf(of)
  return (
    <span
      className={styles.portrait}
      data-palette={palette}
      data-label={label}
      data-face={faceOf(initial)}
      data-initial={initial}
      aria-hidden="true"
    />
  )
}
