import type { CreditView } from '@/lib/catalogue/views'
import { artistPath } from './paths'

/** The line under a title, as on the sleeve: each name a link, joined as it is printed. */
export function CreditLine({ credits }: { credits: CreditView[] }) {
  return credits.filter(onSleeve).map(({ artistId, artistName, name, join }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a credit is its place in the line
    <span key={index}>
      <a href={artistPath({ id: artistId, name: artistName })}>
        <bdi>{name}</bdi>
      </a>
      {join}
    </span>
  ))
}

const onSleeve = ({ role }: CreditView) => role === 'artist' || role === 'featured'

/** The credit as plain text, for titles and descriptions; empty where nobody is credited. */
export const creditText = (credits: CreditView[]): string =>
  credits
    .filter(onSleeve)
    .map(({ name, join }) => name + join)
    .join('')
