import { Cover } from '@/components/artwork/cover'
import { FIRST_ROWS, turnOf } from '@/components/artwork/picture'
import rows from '@/components/ui/rows.module.css'
import { date, facts } from '@/components/ui/text'
import type { SongAppearance } from '@/lib/catalogue/views'
import { CreditLine } from './credit'
import { kindNames } from './kinds'
import { albumCreditsPath, albumPath } from './paths'

/** The albums a song is on, with its place on each. @param isFirst whether its page begins with it. */
export const AppearanceList = ({
  appearances,
  isFirst = false,
}: {
  appearances: SongAppearance[]
  isFirst?: boolean
}) => (
  <ul className={rows.rows} data-walk="list">
    {appearances.map(({ album, disc, number }, index) => (
      <li key={album.id}>
        <Cover of={album} place="row" turn={isFirst ? turnOf(index, FIRST_ROWS) : undefined} />
        <div>
          <a href={albumPath(album)} dir="auto">
            {album.title}
          </a>
          <p dir="auto">
            <CreditLine credits={album.credits} total={album.creditCount} rest={albumCreditsPath(album)} />
          </p>
        </div>
        <p>
          {facts(
            date({ ...album.date, month: null }),
            kindNames[album.kind],
            disc > 1 && `disc ${disc}`,
            `track ${number}`,
          )}
        </p>
      </li>
    ))}
  </ul>
)
