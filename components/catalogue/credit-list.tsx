import { faceOf } from '@/components/ui/fonts/face'
import index from '@/components/ui/index-list.module.css'
import type { CreditedView } from '@/lib/catalogue/views'
import { roleTitles } from './kinds'
import { artistPath } from './paths'

/** The credited artists with their roles. */
export const CreditList = ({ credits }: { credits: CreditedView[] }) => (
  <ul className={index.index} data-walk="grid">
    {credits.map(({ artistId, artistName, name, role }, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a credit is its place in the list
      <li key={at}>
        <a href={artistPath({ id: artistId, name: artistName })} dir="auto" data-face={faceOf(name)}>
          {name}
        </a>
        <span>{roleTitles[role]}</span>
      </li>
    ))}
  </ul>
)
