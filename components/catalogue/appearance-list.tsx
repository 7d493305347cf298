import { Cover } from '@/components/artwork/cover'
import { FIRST_ROWS, loadOrderOf } from '@/components/artwork/picture'
import rows from '@/components/ui/rows.module.css'
import { date, facts } from '@/components/ui/text'
import type { SongAppearance } from '@/lib/catalogue/views'
import { CreditLine } from './credit'
import { kindNames } from './kinds'
import { albumCreditsPath, albumPath } from './paths'

/** The albums of a song, with its track number on each. @param isFirst whether it is the first list of its page. */
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
        <Cover of={album} place="row" load={isFirst ? loadOrderOf(index, FIRST_ROWS) : undefined} />
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
