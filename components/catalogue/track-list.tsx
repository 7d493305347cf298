import { type ListAddress, pageAddress } from '@/components/ui/list/address'
import { Static } from '@/components/ui/static/static'
import { facts, number } from '@/components/ui/text'
import type { AlbumView, DiscLink, DiscView } from '@/lib/catalogue/views'
import { CreditLine, creditText } from './credit'
import { Duration } from './duration'
import { songCreditsPath, songPath } from './paths'
import styles from './track-list.module.css'

/** An album on one page has an index of discs from this number on. */
const MANY_DISCS = 4

/** Links to the discs of an album, on the pages where they start. */
export const DiscIndex = ({
  discs,
  discCount,
  of,
  pages,
}: {
  discs: DiscLink[]
  discCount: number
  of: ListAddress
  pages: number
}) =>
  (discCount >= MANY_DISCS || (discCount > 1 && pages > 1)) && (
    <nav className={styles.index} aria-label="Discs" data-screen>
      <Static as="ul">
        {discs.map(({ position, title, page }) => (
          <li key={position}>
            <a href={`${pageAddress(of, page)}#${discId(position)}`} dir="auto">
              {title ? (
                facts(String(position), title)
              ) : (
                <>
                  <span className="aside">Disc </span>
                  {position}
                </>
              )}
            </a>
          </li>
        ))}
        {discCount > discs.length && <li>{`and ${number(discCount - discs.length)} more`}</li>}
      </Static>
    </nav>
  )

const discId = (position: number): string => `disc-${position}`

/** The tracks of an album, by disc. A track shows its credit if that differs from the album's. */
export function TrackList({
  discs,
  album,
}: {
  discs: DiscView[]
  album: Pick<AlbumView, 'credits' | 'creditCount' | 'discCount'>
}) {
  const { discCount } = album
  const sleeve = creditText(album)
  return discs.map((disc) => (
    <section key={disc.position} id={discId(disc.position)} className={styles.disc}>
      <h2 className={discCount > 1 || disc.title ? undefined : 'aside'} dir="auto">
        {discCount > 1 || disc.title
          ? facts(discCount > 1 && `Disc ${disc.position}`, disc.title, disc.format, disc.isContinued && 'continued')
          : 'Songs'}
      </h2>
      <table className={styles.tracks} data-walk="list">
        <colgroup>
          <col className={styles.number} />
          <col />
          <col className={styles.length} />
        </colgroup>
        <thead className="aside">
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Song</th>
            <th scope="col">Length</th>
          </tr>
        </thead>
        <Static as="tbody">
          {disc.tracks.map((track) => (
            <tr key={track.position}>
              <td>{track.number}</td>
              <th scope="row">
                <a href={songPath(track.song)} dir="auto">
                  {track.title}
                </a>
                {creditText(track.song) !== sleeve && (
                  <>
                    {' '}
                    <span className={styles.credit} dir="auto">
                      <CreditLine
                        credits={track.song.credits}
                        total={track.song.creditCount}
                        rest={songCreditsPath(track.song)}
                      />
                    </span>
                  </>
                )}
              </th>
              <td>
                <Duration ms={track.durationMs} />
              </td>
            </tr>
          ))}
        </Static>
      </table>
    </section>
  ))
}
