import { Portrait } from '@/components/artwork/portrait'
import { faceOf } from '@/components/ui/fonts/face'
import { Static } from '@/components/ui/static/static'
import { count, facts } from '@/components/ui/text'
import type { ArtistRow } from '@/lib/catalogue/views'
import styles from './artist-grid.module.css'
import { artistPath } from './paths'

/** A grid of artists; on a phone, a list. */
export function ArtistGrid({ artists, shelf }: { artists: ArtistRow[]; shelf?: boolean }) {
  return (
    <Static as="ul" className={shelf ? styles.shelf : styles.grid} walk="grid">
      {artists.map((artist) => (
        <li key={artist.id}>
          <div className={styles.portrait}>
            <Portrait of={artist} />
          </div>
          <div>
            <a className={styles.name} href={artistPath(artist)} dir="auto" data-face={faceOf(artist.name)}>
              {artist.name}
            </a>
            {artist.disambiguation && <p className={styles.note}>{artist.disambiguation}</p>}
            <p className={styles.note}>{artistFacts(artist) || 'No releases'}</p>
          </div>
        </li>
      ))}
    </Static>
  )
}

/** "12 albums · 130 songs"; leaves out a count of 0, so it may be empty. */
export const artistFacts = ({ albumCount, songCount }: Pick<ArtistRow, 'albumCount' | 'songCount'>): string =>
  facts(albumCount > 0 && count(albumCount, 'album'), songCount > 0 && count(songCount, 'song'))
