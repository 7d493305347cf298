'use client'

import { type ReactNode, useEffect, useRef } from 'react'

type SheetProps = { id: string; className?: string; label: string; children: ReactNode }

/**
 * A part of the page that a button opens over it. Whoever goes back or forward leaves it: also where the browser shows the
 * page as it was left.
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
