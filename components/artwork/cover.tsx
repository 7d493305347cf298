import type { StaticImageData } from 'next/image'
import { faceOf } from '@/components/ui/fonts/face'
import type { CoverView } from '@/lib/catalogue/artwork/cover'
import { type CoverSubject, drawingOf, typeSizeOf, typeWordsOf } from '@/lib/catalogue/artwork/drawing'
import styles from './cover.module.css'
import covers from './covers.svg'
import { Picture, type Place, type Turn } from './picture'

const { src }: StaticImageData = covers

export type CoverProps = {
  of: CoverSubject & { cover?: CoverView | null }
  place: Place
  turn?: Turn | undefined
}

/**
 * The picture of an album or a playlist, as wide as what it stands in; where it has none, a drawing. A decoration: the
 * title stands beside it. One file holds all drawings, so a page of them is one request and a few bytes each.
 */
export function Cover({ of, place, turn }: CoverProps) {
  if (of.cover) return <Picture cover={of.cover} place={place} turn={turn} />
  const drawing = drawingOf(of)
  if (drawing.name === 'type') {
    const words = typeWordsOf(of)
    return (
      <span
        className={styles.type}
        data-palette={drawing.palette}
        data-layout={drawing.layout}
        data-size={typeSizeOf(words)}
        data-face={faceOf(words)}
        data-words={words}
        aria-hidden="true"
      />
    )
  }
  return (
    <svg
      className={styles.cover}
      data-palette={drawing.palette}
      data-turn={drawing.turn || undefined}
      aria-hidden="true"
    >
      <use href={`${src}#${drawing.name}`} />
    </svg>
  )
}
