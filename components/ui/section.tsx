import type { ReactNode } from 'react'
import { faceOf } from '@/components/ui/fonts/face'
import styles from './section.module.css'

/** A section with a heading, and a link to the whole list if it shows only the start. */
export function Section({
  title,
  more,
  also,
  children,
}: {
  title: string
  more?: { href: string; label: string } | false
  /** A link to something that the section leaves out. */
  also?: { href: string; label: string } | false
  children: ReactNode
}) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 data-face={faceOf(title)}>{title}</h2>
        {more && <a href={more.href}>{more.label}</a>}
      </div>
      {children}
      {also && (
        <p className={styles.also}>
          <a href={also.href}>{also.label}</a>
        </p>
      )}
    </section>
  )
}
