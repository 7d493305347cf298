'use client'

import { PrefetchKind } from 'next/dist/client/components/router-reducer/router-reducer-types'
import { useRouter } from 'next/navigation'
import { useEffect, useTransition } from 'react'
import styles from './soft-navigation.module.css'

/** How long a pointer or the focus rests on a link before it looks like intent. */
const INTENT_MS = 80

/**
 * Makes the site's plain links change pages without a reload, and fetches a page when somebody is about to open it: one
 * listener for all links, and nothing fetched for those that are merely in view. A page that takes its time is announced
 * by a line that grows under the header. (A `loading.tsx` would leave long pages unseen where scripts don't run.)
 */
export function SoftNavigation() {
  const router = useRouter()
  const [opening, startOpening] = useTransition()

  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined

    // Whole, and once: the router keeps what it has. It would otherwise fetch the outline of the page alone.
    const prefetch = (path: string) => router.prefetch(path, { kind: PrefetchKind.FULL })
    const rest = ({ target }: Event) => {
      clearTimeout(resting)
      const path = pathOf(target)
      if (path) resting = setTimeout(prefetch, INTENT_MS, path)
    }
    const leave = () => clearTimeout(resting)
    const touch = ({ target }: Event) => {
      const path = pathOf(target)
      if (path) prefetch(path)
    }
    const open = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      const path = pathOf(event.target)
      if (!path) return
      event.preventDefault()
      leave()
      startOpening(() => router.push(path))
    }

    const listeners = { pointerover: rest, pointerout: leave, focusin: rest, focusout: leave, touchstart: touch }
    for (const [type, listener] of Object.entries(listeners))
      document.addEventListener(type, listener, { passive: true })
    document.addEventListener('click', open)
    return () => {
      leave()
      for (const [type, listener] of Object.entries(listeners)) document.removeEventListener(type, listener)
      document.removeEventListener('click', open)
    }
  }, [router])

  return (
    <div className={styles.opening} role="status" hidden={!opening}>
      <span className="aside">Loading</span>
    </div>
  )
}

/**
 * The path that a link of this site leads to; undefined elsewhere, for places on the page shown, and for what is no page,
 * of which links tell the type.
 */
function pathOf(target: EventTarget | null): string | undefined {
  const link = target instanceof Element ? target.closest('a') : null
  if (!link || link.origin !== location.origin || link.target || link.type || link.hasAttribute('download')) return
  if (link.hash) return
  return link.pathname + link.search
}
