import { Cover } from '@/components/artwork/cover'
import rows from '@/components/ui/rows.module.css'
import { date, facts } from '@/components/ui/text'
import type { SongAppearance } from '@/lib/catalogue/views'
import { CreditLine } from './credit'
import { kindNames } from './kinds'
import { albumPath } from './paths'

/** The albums a song is on, with its place on each. */
export const AppearanceList = ({ appearances }: { appearances: SongAppearance[] }) => (
  <ul className={rows.rows} data-walk="list">
    {appearances.map(({ album, disc, number }) => (
      <li key={album.id}>
        <Cover of={album} place="row" />
        <div>
          <a href={albumPath(album)} dir="auto">
            {album.title}
          </a>
          <p dir="auto">
            <CreditLine credits={album.credits} />
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
