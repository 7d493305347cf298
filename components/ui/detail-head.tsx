import type { CSSProperties, ReactNode } from 'react'
import { faceOf } from '@/components/ui/fonts/face'
import styles from './detail-head.module.css'
import wrap from './wrap.module.css'

/**
 * The head of a page about one thing: its picture beside its name, on paper that takes the picture's colour.
 * @param palette the inks of the picture. @param colour that most of it has, where it is no drawing: "#rrggbb".
 * @param record draws a record that stands out of the sleeve.
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
