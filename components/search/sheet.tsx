'use client'

import { type ReactNode, useEffect, useRef } from 'react'

type SheetProps = { id: string; className?: string; label: string; children: ReactNode }

/**
 * A part of the page that a button opens as a popover. Going back or forward closes it, also if the browser restores the
 * page from its back/forward cache.
 */
export function Sheet({ id, className, label, children }: SheetProps) {
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => {
    const close = () => sheet.current?.hidePopover()
    const closeKept = ({ persisted }: PageTransitionEvent) => persisted && close()
    addEventListener('popstate', close)
    addEventListener('pageshow', closeKept)
    return () => {
      removeEventListener('popstate', close)
      removeEventListener('pageshow', closeKept)
    }
  }, [])
  return (
    <aside ref={sheet} id={id} className={className} aria-label={label} popover="auto" data-screen>
      {children}
    </aside>
  )
}
