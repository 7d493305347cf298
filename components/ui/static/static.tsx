import type { ReactNode } from 'react'
import { markupOf } from './markup'

/**
 * An element with static HTML, for rows and other content that a page has many of. Its links work like all others, but it
 * cannot contain client components.
 */
export const Static = ({
  as: Element,
  className,
  walk,
  children,
}: {
  as: 'div' | 'tbody' | 'ul'
  className?: string
  /** How arrow keys move in it; see components/ui/keyboard. */
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
