import type { CSSProperties, ReactNode } from 'react'
import { faceOf } from '@/components/ui/fonts/face'
import styles from './detail-head.module.css'
import wrap from './wrap.module.css'

/**
 * The head of a detail page: a picture next to the title, on a background in the colour of the picture.
 * @param palette colours of a drawing. @param colour the dominant colour of a cover, "#rrggbb".
 * @param record draws a record that sticks out of the sleeve.
 */
export function DetailHead({
  palette,
  colour,
  picture,
  record,
  above,
  kind,
  title,
  children,
}: {
  palette: number
  colour?: string | undefined
  picture: ReactNode
  record?: boolean
  above: ReactNode
  kind: string
  title: string
  children: ReactNode
}) {
  return (
    <div
      className={styles.head}
      data-palette={palette}
      style={colour ? ({ '--colour': colour } as CSSProperties) : undefined}
      data-coloured={colour !== undefined || undefined}
    >
      <div className={wrap.wrap}>
        {above}
        <div className={styles.body}>
          <div className={styles.picture} data-record={record || undefined}>
            {picture}
          </div>
          <div className={styles.words}>
            <p className={styles.kind}>{kind}</p>
            <h1 dir="auto" data-face={faceOf(title)} data-long={title.length > 32 || undefined}>
              {title}
            </h1>
            {children}
          </div>
        </div>
      </div>
    </div>
  )
}
