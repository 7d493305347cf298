import type { ReactNode } from 'react'
import { markupOf } from './markup'

/**
 * An element whose contents are drawn once, as HTML: for rows and what else a page has many of. Scripts leave them
 * alone, so links in them work as all others do, but no client component may stand in them.
 */
export const Static = ({
  as: Element,
  className,
  walk,
  children,
}: {
  as: 'div' | 'tbody' | 'ul'
  className?: string
  /** What keys do in it; see components/ui/keyboard. */
  walk?: 'grid' | 'list'
  children: ReactNode
}) => (
  <Element
    className={className}
    data-walk={walk}
    // biome-ignore lint/security/noDangerouslySetInnerHtml: markupOf escapes
    dangerouslySetInnerHTML={{ __html: markupOf(children) }}
  />
)
