import type { ReactNode } from 'react'
import styles from './footer.module.css'

/** @param keys the button of the keyboard shortcuts. */
export function Footer({ keys }: { keys: ReactNode }) {
  return (
    <footer className={styles.footer} data-screen>
      <p>SyroMusic, a music catalogue you host yourself.</p>
      <a className={styles.api} href="/api/docs">
        API
      </a>
      {keys}
    </footer>
  )
}
