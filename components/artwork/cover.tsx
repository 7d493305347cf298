import type { StaticImageData } from 'next/image'
import { faceOf } from '@/components/ui/fonts/face'
import type { CoverView } from '@/lib/catalogue/artwork/cover'
import { type CoverSubject, drawingOf, typeSizeOf, typeWordsOf } from '@/lib/catalogue/artwork/drawing'
import styles from './cover.module.css'
import covers from './covers.svg'
import { type LoadOrder, Picture, type PicturePlace } from './picture'

const { src }: StaticImageData = covers

export type CoverProps = {
  of: CoverSubject & { cover?: CoverView | null }
  place: PicturePlace
  load?: LoadOrder | undefined
}

/**
 * The cover of an album or a playlist, or a drawing if it has none, as wide as its container. It is decorative: the title is
 * next to it. All drawings are in one file, so a page of them takes one request.
 */
export function Cover({ of, place, load }: CoverProps) {
  if (of.cover) return <Picture cover={of.cover} place={place} load={load} />
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
