import type { ReactNode } from 'react'
import { PageHead } from '@/components/ui/page-head'
import wrap from '@/components/ui/wrap.module.css'
import styles from './form-page.module.css'

type Props = {
  title: string
  /** A message above the form. */
  note?: ReactNode
  /** The form. */
  children: ReactNode
  /** Links below the form. */
  below?: ReactNode
}

/** A page with one account form, and a drawing of a record if there is room. */
export const FormPage = ({ title, note, children, below }: Props) => (
  <div className={wrap.wrap}>
    <PageHead title={title} />
    <div className={styles.page}>
      <div>
        {note && <div className={styles.note}>{note}</div>}
        {children}
        {below && <p className={styles.below}>{below}</p>}
      </div>
      <svg className={styles.record} viewBox="0 0 120 120" aria-hidden="true">
        <circle cx="60" cy="60" r="60" fill="var(--ink)" />
        <g fill="none" stroke="var(--paper)" strokeWidth=".35" opacity=".45">
          {[56.5, 54, 51.5, 49, 46.5, 44, 41.5, 37.5, 35, 32.5, 30].map((radius) => (
            <circle key={radius} cx="60" cy="60" r={radius} />
          ))}
        </g>
        <circle cx="60" cy="60" r="22" fill="var(--accent)" />
        <circle cx="60" cy="60" r="18.5" fill="none" stroke="var(--on-accent)" strokeWidth=".35" />
        <circle cx="60" cy="60" r="2.4" fill="var(--paper)" />
      </svg>
    </div>
  </div>
)
