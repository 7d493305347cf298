import { orNotFound } from '@/app/address'
import { GenreParts, genreFacts, hasParts } from '@/components/catalogue/genre-parts'
import { genreSongsPath } from '@/components/catalogue/paths'
import { SongTable } from '@/components/catalogue/song-table'
import { sortNames } from '@/components/catalogue/sorts'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Pagination } from '@/components/ui/list/pagination'
import { Sorts } from '@/components/ui/list/sorts'
import { PageHead } from '@/components/ui/page-head'
import wrap from '@/components/ui/wrap.module.css'
import { getGenreSongs } from '@/lib/catalogue/cached'
import { type PageSort, pageSorts, sortsOf } from '@/lib/catalogue/lists/sorts'
import { today } from '@/lib/catalogue/today'
import type { GenreView } from '@/lib/catalogue/views'

export async function loadGenreSongs(genre: GenreView, requestedSort: PageSort<'genreSongs'>, page: number) {
  const sorts = sortsOf(pageSorts.genreSongs, genre.songsAreRanked)
  const sort = sorts.includes(requestedSort) ? requestedSort : (sorts[0] ?? requestedSort)
  const songs = orNotFound(await getGenreSongs(genre.slug, sort, page, today()))
  return { genre, sorts, sort, songs, of: { path: genreSongsPath(genre), sort: sort === sorts[0] ? undefined : sort } }
}

/** The songs of a genre. The genre’s own page shows them too if it has no albums. */
export const GenreSongs = ({ genre, sorts, sort, songs, of }: Awaited<ReturnType<typeof loadGenreSongs>>) => (
  <div className={wrap.wrap}>
    <PageHead
      title={genre.name}
      note={!hasParts(genre) && genreFacts(genre)}
      above={<Breadcrumbs crumbs={[{ name: 'Genres', path: '/genres' }]} />}
    >
      <GenreParts genre={genre} current="songs" />
      {songs.total > 1 && <Sorts path={of.path} sorts={sorts} labels={sortNames} current={sort} />}
    </PageHead>
    {songs.total > 0 && <SongTable songs={songs.rows} caption={`Songs in ${genre.name}`} isFirst />}
    <Pagination {...songs} of={of} />
  </div>
)
