import type { ReactNode } from 'react'
import { faceOf } from '@/components/ui/fonts/face'
import styles from './page-head.module.css'

/** The head of a list: its title, its size, and controls. */
export function PageHead({
  title,
  note,
  above,
  children,
}: {
  title: string
  note?: string | false
  above?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={styles.head}>
      {above}
      <div className={styles.line}>
        <h1 dir="auto" data-face={faceOf(title)}>
          {title}
        </h1>
        {note && <p>{note}</p>}
      </div>
      {children}
    </div>
  )
}
