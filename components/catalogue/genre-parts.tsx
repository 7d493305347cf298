import sorts from '@/components/ui/list/sorts.module.css'
import { count, facts } from '@/components/ui/text'
import type { GenreRow } from '@/lib/catalogue/views'
import { genrePath, genreSongsPath } from './paths'

/** "12 albums · 130 songs" */
export const genreFacts = ({ albumCount, songCount }: GenreRow): string =>
  facts(albumCount > 0 && count(albumCount, 'album'), songCount > 0 && count(songCount, 'song')) || 'Empty'

export const hasParts = ({ albumCount, songCount }: GenreRow): boolean => albumCount > 0 && songCount > 0

/** Links between the albums and the songs of a genre, if it has both. */
export const GenreParts = ({ genre, current }: { genre: GenreRow; current: 'albums' | 'songs' }) =>
  hasParts(genre) && (
    <nav className={sorts.sorts} aria-label={`Browse ${genre.name}`} data-screen>
      <ul>
        <li>
          <a href={genrePath(genre)} aria-current={current === 'albums' ? 'true' : undefined}>
            {count(genre.albumCount, 'album')}
          </a>
        </li>
        <li>
          <a href={genreSongsPath(genre)} aria-current={current === 'songs' ? 'true' : undefined}>
            {count(genre.songCount, 'song')}
          </a>
        </li>
      </ul>
    </nav>
  )
