'use client'

import { useSyncExternalStore } from 'react'
import { THEME_KEY, type Theme, themes } from './theme'
import styles from './theme-switch.module.css'

const names: Record<Theme, string> = { system: 'system', light: 'light', dark: 'dark' }

const root = () => document.documentElement
const chosen = (): Theme => themes.find((theme) => theme === root().dataset.theme) ?? 'system'
const atServer = () => null

function choose(theme: Theme) {
  if (theme === 'system') delete root().dataset.theme
  else root().dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem(THEME_KEY)
    else localStorage.setItem(THEME_KEY, theme)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function subscribe(changed: () => void) {
  const observer = new MutationObserver(changed)
  observer.observe(root(), { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

/** Switches to the next theme. Disabled until hydration, so that it takes its space from the start. */
export function ThemeSwitch() {
  const theme = useSyncExternalStore<Theme | null>(subscribe, chosen, atServer)
  const next = themes[(themes.indexOf(theme ?? 'system') + 1) % themes.length] ?? 'system'
  return (
    <button
      type="button"
      className={styles.switch}
      data-theme-now={theme ?? undefined}
      disabled={theme === null}
      onClick={() => choose(next)}
      title={`Theme: ${names[theme ?? 'system']}`}
      aria-label={`Theme: ${names[theme ?? 'system']}. Switch to ${names[next]}.`}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="7.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d={shapes[theme ?? 'system']} fill="currentColor" />
      </svg>
    </button>
  )
}

const shapes: Record<Theme, string> = {
  system: 'M10 2.8a7.2 7.2 0 0 1 0 14.4z',
  light: 'M10 7.2a2.8 2.8 0 0 1 0 5.6a2.8 2.8 0 0 1 0-5.6z',
  dark: 'M10 2.8a7.2 7.2 0 0 1 0 14.4a7.2 7.2 0 0 1 0-14.4z',
}
