import type { ReactNode } from 'react'
import styles from './header.module.css'
import { Sections } from './sections'
import { ThemeSwitch } from './theme-switch'

/** @param search the search field. @param accountLink the account link. */
export function Header({ search, accountLink }: { search: ReactNode; accountLink: ReactNode }) {
  return (
    <header className={styles.header} data-screen>
      <a className={styles.name} href="/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="16" fill="currentColor" />
          <g fill="none" stroke="var(--paper)" strokeWidth=".6" opacity=".55">
            <circle cx="16" cy="16" r="13" />
            <circle cx="16" cy="16" r="10.6" />
            <circle cx="16" cy="16" r="8.2" />
          </g>
          <circle cx="16" cy="16" r="5.6" fill="var(--accent)" />
          <circle cx="16" cy="16" r="1.2" fill="var(--paper)" />
        </svg>
        SyroMusic
      </a>
      <Sections />
      <div className={styles.end}>
        {search}
        {accountLink}
        <ThemeSwitch />
      </div>
    </header>
  )
}
