'use client'

import { useEffect, useState } from 'react'
import styles from './account-link.module.css'

/** The value of a cookie that scripts may read, or an empty string. */
const cookie = (name: string): string =>
  document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ''

/** @returns null if the session has ended. */
async function fetchName(): Promise<string | null> {
  const response = await fetch('/account/me')
  const answer: unknown = await response.json()
  const isNamed = typeof answer === 'object' && answer !== null && 'name' in answer
  return isNamed && typeof answer.name === 'string' ? answer.name : null
}

/**
 * The sign-in link, or the name of the user. Cached pages are the same for everybody, so the name is fetched afterwards, if
 * a cookie says that a user is signed in, and again when that cookie changes.
 */
export function AccountLink({ marker }: { marker: string }) {
  const [{ mark, name }, setShown] = useState<{ mark: string; name: string | null }>({ mark: '', name: null })

  // Runs after every render: forms change the cookie without a navigation.
  useEffect(() => {
    const now = cookie(marker)
    if (now === mark) return
    let isLate = false
    const show = (next: string | null) => {
      if (isLate) return
      setShown({ mark: next === null ? cookie(marker) : now, name: next })
      if (next === null) delete document.documentElement.dataset.account
    }
    if (now === '') show(null)
    // If the request fails, the sign-in link is shown: it leads to the account too.
    else fetchName().then(show, () => show(null))
    return () => {
      isLate = true
    }
  })

  return (
    <a className={styles.link} href={name === null ? '/sign-in' : '/account'} data-guest={name === null || undefined}>
      <svg viewBox="0 0 20 20" fill={name === null ? 'none' : 'var(--accent)'} strokeWidth="1.6" aria-hidden="true">
        <g stroke={name === null ? 'currentColor' : 'var(--accent)'}>
          <circle cx="10" cy="6.4" r="3.6" />
          <path d="M2.8 17.6c0-3.6 3-5.6 7.2-5.6s7.2 2 7.2 5.6z" />
        </g>
      </svg>
      <span dir="auto">{name ?? 'Sign in'}</span>
    </a>
  )
}
