import type { ReactNode } from 'react'
import styles from './detail-body.module.css'

/** The body of a detail page: notes under the picture, and content under the title. */
export const DetailBody = ({ notes, children }: { notes: ReactNode; children: ReactNode }) => (
  <div className={styles.body}>
    <dl className={styles.notes}>{notes}</dl>
    <div>{children}</div>
  </div>
)

export const Note = ({ term, children }: { term: string; children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd dir="auto">{children}</dd>
  </div>
)
