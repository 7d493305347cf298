'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import button from '@/components/ui/button.module.css'
import styles from './keyboard.module.css'
import { currentWalk, enterList, followTurn, isTyping, walk } from './page'
import { areSingleKeysOn, mayBeShortcut, setSingleKeys } from './single-keys'

/** The pages that `g` and a letter open. */
const shortcuts: Record<string, { name: string; path: string }> = {
  h: { name: 'home', path: '/' },
  l: { name: 'albums', path: '/albums' },
  a: { name: 'artists', path: '/artists' },
  s: { name: 'songs', path: '/songs' },
  p: { name: 'playlists', path: '/playlists' },
  e: { name: 'genres', path: '/genres' },
}
/** Time for the letter after `g`, in ms. */
const GO_MS = 1500

/** The keys of the page. Each returns whether it did something; if not, the browser handles the key. */
const pageKeys: Record<string, () => boolean> = {
  j: () => (currentWalk() ? walk('ArrowDown') : enterList()),
  k: () => walk('ArrowUp'),
  ArrowDown: () => walk('ArrowDown'),
  ArrowUp: () => walk('ArrowUp'),
  ArrowRight: () => walk('ArrowRight') || followTurn('next'),
  ArrowLeft: () => walk('ArrowLeft') || followTurn('prev'),
}

/** The keyboard shortcuts of all pages, and the button and dialog that list them. */
export function Keyboard() {
  const router = useRouter()
  const help = useRef<HTMLDialogElement>(null)
  const single = useRef<HTMLInputElement>(null)

  const openHelp = useCallback(() => {
    // Another tab may have changed the setting.
    if (single.current) single.current.checked = areSingleKeysOn()
    help.current?.showModal()
  }, [])

  useEffect(() => {
    let goDeadline = 0
    const keys: typeof pageKeys = {
      ...pageKeys,
      '/': () => {
        const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type="search"]')]
        const box = boxes.find((each) => each.checkVisibility({ visibilityProperty: true }))
        if (box) box.select()
        else router.push('/search')
        return true
      },
      '?': () => {
        openHelp()
        return true
      },
      g: () => {
        goDeadline = performance.now() + GO_MS
        return true
      },
    }
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !mayBeShortcut(event, areSingleKeysOn())) return
      if (help.current?.open || isTyping(event.target)) return
      const target = performance.now() < goDeadline ? shortcuts[event.key] : undefined
      goDeadline = 0
      if (target) router.push(target.path)
      else if (!keys[event.key]?.()) return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [router, openHelp])

  return (
    <>
      <button type="button" className={styles.open} onClick={openHelp} aria-haspopup="dialog">
        Keyboard shortcuts
      </button>
      <dialog ref={help} className={styles.help} aria-labelledby="keys">
        <h2 id="keys">Keyboard shortcuts</h2>
        <dl>
          {rows.map(([pressed, what]) => (
            <div key={what}>
              <dt>
                {pressed.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <label>
          <input ref={single} type="checkbox" defaultChecked onChange={({ target }) => setSingleKeys(target.checked)} />{' '}
          Enable single-key shortcuts
        </label>
        <p className={styles.note}>Turn this off if you use voice input. Arrow keys always work.</p>
        <form method="dialog">
          <button type="submit" className={button.button}>
            Close
          </button>
        </form>
      </dialog>
    </>
  )
}

const rows: [keys: string, what: string][] = [
  ['/', 'Search'],
  ['↑ ↓ Enter', 'Choose a suggestion and open it'],
  ['Esc', 'Close the suggestions, then clear the search'],
  ['j', 'Go to the list, then to the next item'],
  ['↑ ↓ ← →', 'Move through a list or grid'],
  ['Enter', 'Open'],
  ['← →', 'Previous page, next page'],
  ...Object.entries(shortcuts).map(([key, { name }]): [string, string] => [`g ${key}`, `Go to ${name}`]),
  ['?', 'Show keyboard shortcuts'],
]
