import { Static } from '@/components/ui/static/static'
import { facts } from '@/components/ui/text'
import type { CreditView, DiscView } from '@/lib/catalogue/views'
import { CreditLine, creditText } from './credit'
import { Duration } from './duration'
import { songPath } from './paths'
import styles from './track-list.module.css'

/**
 * The tracks of an album, disc by disc. A track names its artists where they are others than the album's.
 * @param credits the album's.
 */
export function TrackList({
  discs,
  discCount,
  credits,
}: {
  discs: DiscView[]
  discCount: number
  credits: CreditView[]
}) {
  const sleeve = creditText(credits)
  return discs.map((disc) => (
    <section key={disc.position} className={styles.disc}>
      <h2 className={discCount > 1 || disc.title ? undefined : 'aside'} dir="auto">
        {discCount > 1 || disc.title
          ? facts(discCount > 1 && `Disc ${disc.position}`, disc.title, disc.format)
          : 'Songs'}
      </h2>
      <table className={styles.tracks} data-walk="list">
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
                {creditText(track.song.credits) !== sleeve && (
                  <>
                    {' '}
                    <span className={styles.credit} dir="auto">
                      <CreditLine credits={track.song.credits} />
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
