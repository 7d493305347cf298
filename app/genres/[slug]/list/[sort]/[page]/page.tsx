import { cache } from 'react'
import { found, oneOf, pageOf } from '@/app/address'
import { JsonLd } from '@/app/json-ld'
import { listMetadata } from '@/app/list-metadata'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { genrePath } from '@/components/catalogue/paths'
import { sortNames } from '@/components/catalogue/sorts'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Pagination } from '@/components/ui/list/pagination'
import { Sorts } from '@/components/ui/list/sorts'
import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'
import { count, facts } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getGenre, getGenreAlbums } from '@/lib/catalogue/cached'
import { genreAlbumSorts } from '@/lib/catalogue/lists'
import type { GenreRow } from '@/lib/catalogue/views'
import { noteShown } from '@/lib/enrichment/shown'

type Props = { params: Promise<{ slug: string; sort: string; page: string }> }

const load = cache(async (slug: string, sortText: string, pageText: string) => {
  const sort = oneOf(genreAlbumSorts, sortText)
  const page = pageOf(pageText)
  const genre = found(await getGenre(slug))
  const albums = found(await getGenreAlbums(slug, sort, page))
  return { genre, sort, albums, of: { path: genrePath(genre), sort: sort === genreAlbumSorts[0] ? undefined : sort } }
})

const holding = ({ albumCount, songCount }: GenreRow) =>
  facts(albumCount > 0 && count(albumCount, 'album'), songCount > 0 && count(songCount, 'song'))

export async function generateMetadata({ params }: Props) {
  const { slug, sort, page } = await params
  const { genre, albums, of } = await load(slug, sort, page)
  return listMetadata({ ...albums, title: genre.name, description: `${genre.name}: ${holding(genre)}.`, of })
}

export default async function GenrePage({ params }: Props) {
  const given = await params
  const { genre, sort, albums, of } = await load(given.slug, given.sort, given.page)
  noteShown('album', albums.rows)
  return (
    <div className={wrap.wrap}>
      <PageHead
        title={genre.name}
        note={holding(genre)}
        above={<Breadcrumbs crumbs={[{ name: 'Genres', path: '/genres' }]} />}
      >
        {albums.total > 1 && <Sorts path={of.path} sorts={genreAlbumSorts} labels={sortNames} current={sort} />}
      </PageHead>
      {albums.total > 0 ? (
        <AlbumGrid albums={albums.rows} />
      ) : (
        <Notice title="No album is filed here" heading="h2">
          <p>Only songs are of this genre, not whole albums.</p>
        </Notice>
      )}
      <Pagination {...albums} of={of} />
      <JsonLd
        crumbs={[
          { name: 'Genres', path: '/genres' },
          { name: genre.name, path: of.path },
        ]}
      />
    </div>
  )
}
