import type { ReactNode } from 'react'
import styles from './detail-body.module.css'

/** Below the head of a page about one thing: notes under its picture, and what it holds under its name. */
export const DetailBody = ({ notes, children }: { notes: ReactNode; children: ReactNode }) => (
  <div className={styles.body}>
    <dl className={styles.notes}>{notes}</dl>
    <div>{children}</div>
  </div>
)

/** A note: a word for it, and what it is. */
export const Note = ({ term, children }: { term: string; children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd dir="auto">{children}</dd>
  </div>
)
