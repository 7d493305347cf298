import { notFound } from 'next/navigation'
import { cache } from 'react'
import { oneOf, orNotFound, pageOf } from '@/app/address'
import { GenreSongs, loadGenreSongs } from '@/app/genres/[slug]/genre-songs'
import { JsonLd } from '@/app/json-ld'
import { listMetadata } from '@/app/list-metadata'
import { loadSorted } from '@/app/sorted-list'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { GenreParts, genreFacts, hasParts } from '@/components/catalogue/genre-parts'
import { genrePath } from '@/components/catalogue/paths'
import { sortNames } from '@/components/catalogue/sorts'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Pagination } from '@/components/ui/list/pagination'
import { Sorts } from '@/components/ui/list/sorts'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import wrap from '@/components/ui/wrap.module.css'
import { getGenre, getGenreAlbums } from '@/lib/catalogue/cached'
import { pageSorts } from '@/lib/catalogue/lists/sorts'
import { today } from '@/lib/catalogue/today'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ slug: string; sort: string; page: string }> }

const load = cache(async (slug: string, sortText: string, pageText: string) => {
  const sort = oneOf(pageSorts.genreAlbums, sortText)
  const page = pageOf(pageText)
  const genre = orNotFound(await getGenre(slug))
  if (genre.albumCount === 0 && genre.songCount > 0) {
    // The other pages of the songs have their own address.
    if (page > 1) notFound()
    return { genre, songs: await loadGenreSongs(genre, pageSorts.genreSongs[0], page), albums: null }
  }
  const choices = { path: genrePath(genre), sorts: pageSorts.genreAlbums, isRanked: genre.albumsAreRanked }
  const albums = await loadSorted(choices, sort, (by) => getGenreAlbums(slug, by, page, today()))
  return { genre, songs: null, albums }
})

export async function generateMetadata({ params }: Props) {
  const { slug, sort, page } = await params
  const { genre, songs, albums } = await load(slug, sort, page)
  const about = { title: genre.name, description: `${genre.name}: ${genreFacts(genre)}.` }
  const { list, of } = songs ?? albums
  return listMetadata({ ...list, ...about, of })
}

export default async function GenrePage({ params }: Props) {
  const parameters = await params
  const { genre, songs, albums } = await load(parameters.slug, parameters.sort, parameters.page)
  const path = genrePath(genre)
  noteDemand('album', albums?.list.rows ?? [])
  return (
    <>
      {songs ? (
        <GenreSongs {...songs} />
      ) : (
        <div className={wrap.wrap}>
          <PageHead
            title={genre.name}
            note={!hasParts(genre) && genreFacts(genre)}
            above={<Breadcrumbs crumbs={[{ name: 'Genres', path: '/genres' }]} />}
          >
            <GenreParts genre={genre} current="albums" />
            {albums.list.total > 1 && (
              <Sorts path={path} sorts={albums.sorts} labels={sortNames} current={albums.sort} />
            )}
          </PageHead>
          {albums.list.total > 0 ? (
            <AlbumGrid albums={albums.list.rows} />
          ) : (
            <Notice title="No albums or songs" heading="h2">
              <p>
                The catalogue has nothing in this genre. <a href="/genres">Browse all genres</a>.
              </p>
            </Notice>
          )}
          <Pagination {...albums.list} of={albums.of} />
        </div>
      )}
      <JsonLd
        crumbs={[
          { name: 'Genres', path: '/genres' },
          { name: genre.name, path },
        ]}
      />
    </>
  )
}
