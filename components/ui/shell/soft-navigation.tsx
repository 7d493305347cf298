'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useTransition } from 'react'
import { PrefetchKind } from '@/lib/next/prefetch-kind'
import styles from './soft-navigation.module.css'

/** A link is prefetched once the pointer or the focus rests on it for this long, in ms. */
const INTENT_MS = 80

/**
 * Opens plain links without a reload, and prefetches a page shortly before it is opened. One listener serves all links, and
 * links that are merely in view are not prefetched. A slow page shows a progress line under the header; a `loading.tsx`
 * would hide long pages from browsers without scripts.
 */
export function SoftNavigation() {
  const router = useRouter()
  const [opening, startOpening] = useTransition()

  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined

    // By default, the router would prefetch only the outline of the page.
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
 * The path of a link to a page of this site. Undefined for other sites, anchors, downloads, and files, whose links have a
 * `type`.
 */
function pathOf(target: EventTarget | null): string | undefined {
  const link = target instanceof Element ? target.closest('a') : null
  if (!link || link.origin !== location.origin || link.target || link.type || link.hasAttribute('download')) return
  if (link.hash) return
  return link.pathname + link.search
}
