'use client'

import { usePathname } from 'next/navigation'
import { Combobox } from './box/combobox'
import styles from './header-search.module.css'

/** The search field in the header. Narrow screens and the search page have a link instead. */
export function HeaderSearch() {
  const isThere = usePathname() === '/search'
  return (
    <>
      <a className={styles.link} href="/search">
        <Glass />
        Search
      </a>
      <search className={styles.box} data-there={isThere || undefined}>
        <form action="/search">
          <Glass />
          <Combobox placeholder="Search" />
        </form>
      </search>
    </>
  )
}

const Glass = () => (
  <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
    <circle cx="8.5" cy="8.5" r="5.5" />
    <path d="m12.6 12.6 5 5" />
  </svg>
)
