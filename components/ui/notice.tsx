import type { ReactNode } from 'react'
import styles from './notice.module.css'

/** A message for empty and missing pages, with a drawing of a record. */
export function Notice({
  title,
  heading: Heading = 'h1',
  children,
}: {
  title: string
  heading?: 'h1' | 'h2'
  children: ReactNode
}) {
  return (
    <div className={styles.notice}>
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <circle cx="60" cy="60" r="60" fill="var(--ink)" />
        <g fill="none" stroke="var(--paper)" strokeWidth=".7" opacity=".4">
          <circle cx="60" cy="60" r="54" />
          <circle cx="60" cy="60" r="48.5" />
          <circle cx="60" cy="60" r="43" />
          <circle cx="60" cy="60" r="37.5" />
          <circle cx="60" cy="60" r="32" />
        </g>
        <circle cx="60" cy="60" r="24" fill="var(--paper)" />
        <circle cx="60" cy="60" r="3" fill="var(--ink)" />
      </svg>
      <Heading>{title}</Heading>
      {children}
    </div>
  )
}
