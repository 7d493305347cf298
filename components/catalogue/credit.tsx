import { number } from '@/components/ui/text'
import { isMainRole } from '@/lib/catalogue/kinds'
import type { CreditView } from '@/lib/catalogue/views'
import { artistPath } from './paths'

/** A longer credit ends with a link to the other names. */
const SHOWN_NAMES = 12

/**
 * The credit line under a title: each name a link, with the join phrases of the sleeve.
 * @param total names in the whole credit. @param rest path of the page with all names.
 */
export function CreditLine({ credits, total = 0, rest }: { credits: CreditView[]; total?: number; rest?: string }) {
  const names = credits.filter(onSleeve).slice(0, SHOWN_NAMES)
  const more = total - names.length
  return (
    <>
      {names.map(({ artistId, artistName, name, join }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a credit is its place in the line
        <span key={index}>
          <a href={artistPath({ id: artistId, name: artistName })}>
            <bdi>{name}</bdi>
          </a>
          {more > 0 && index === names.length - 1 ? ' ' : join}
        </span>
      ))}
      {more > 0 && rest && <a href={rest}>{`and ${number(more)} more`}</a>}
    </>
  )
}

const onSleeve = ({ role }: CreditView) => isMainRole(role)

/** The credit as plain text, for titles and descriptions; may be empty. */
export const creditText = ({ credits, creditCount }: { credits: CreditView[]; creditCount: number }): string => {
  const shown = credits.filter(onSleeve).slice(0, SHOWN_NAMES)
  const more = creditCount - shown.length
  return shown
    .map(({ name, join }, index) => name + (more > 0 && index === shown.length - 1 ? ' and others' : join))
    .join('')
}
