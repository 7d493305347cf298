import { loadSorted } from '@/app/sorted-list'
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
import { pageSorts } from '@/lib/catalogue/lists/sorts'
import { today } from '@/lib/catalogue/today'
import type { GenreView } from '@/lib/catalogue/views'

export async function loadGenreSongs(genre: GenreView, sort: string, page: number) {
  const choices = { path: genreSongsPath(genre), sorts: pageSorts.genreSongs, isRanked: genre.songsAreRanked }
  const loaded = await loadSorted(choices, sort, (by) => getGenreSongs(genre.slug, by, page, today()))
  return { genre, ...loaded }
}

/** The songs of a genre. The genre’s own page shows them too if it has no albums. */
export const GenreSongs = ({ genre, sorts, sort, list, of }: Awaited<ReturnType<typeof loadGenreSongs>>) => (
  <div className={wrap.wrap}>
    <PageHead
      title={genre.name}
      note={!hasParts(genre) && genreFacts(genre)}
      above={<Breadcrumbs crumbs={[{ name: 'Genres', path: '/genres' }]} />}
    >
      <GenreParts genre={genre} current="songs" />
      {list.total > 1 && <Sorts path={of.path} sorts={sorts} labels={sortNames} current={sort} />}
    </PageHead>
    {list.total > 0 && <SongTable songs={list.rows} caption={`Songs in ${genre.name}`} isFirst />}
    <Pagination {...list} of={of} />
  </div>
)
