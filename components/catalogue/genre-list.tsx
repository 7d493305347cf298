import { faceOf } from '@/components/ui/fonts/face'
import index from '@/components/ui/index-list.module.css'
import { count } from '@/components/ui/text'
import type { GenreRow } from '@/lib/catalogue/views'
import { genrePath } from './paths'

/** Genres with their number of albums or songs. */
export const GenreList = ({ genres }: { genres: GenreRow[] }) => (
  <ul className={index.index} data-walk="grid">
    {genres.map((genre) => (
      <li key={genre.slug}>
        <a href={genrePath(genre)} dir="auto" data-face={faceOf(genre.name)}>
          {genre.name}
        </a>
        <span>{genre.albumCount > 0 ? count(genre.albumCount, 'album') : count(genre.songCount, 'song')}</span>
      </li>
    ))}
  </ul>
)
