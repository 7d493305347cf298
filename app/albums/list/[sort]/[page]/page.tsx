import { cache } from 'react'
import { oneOf, orNotFound, pageOf } from '@/app/address'
import { EmptyCatalogue } from '@/app/empty-catalogue'
import { JsonLd } from '@/app/json-ld'
import { browse, listMetadata } from '@/app/list-metadata'
import { Swatches } from '@/components/artwork/swatches'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { sortNames } from '@/components/catalogue/sorts'
import { Letters, lettersOn } from '@/components/ui/list/letters'
import { Pagination } from '@/components/ui/list/pagination'
import { Sorts } from '@/components/ui/list/sorts'
import { PageHead } from '@/components/ui/page-head'
import { count } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getAlbumNavigation } from '@/lib/artwork/cached'
import { getAlbums } from '@/lib/catalogue/cached'
import { pageSorts, sortsOf } from '@/lib/catalogue/lists/sorts'
import { today } from '@/lib/catalogue/today'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ sort: string; page: string }> }

const path = '/albums'

const load = cache(async (sortText: string, pageText: string) => {
  const requestedSort = oneOf(pageSorts.albums, sortText)
  const { isRanked, ...ways } = await getAlbumNavigation()
  const sorts = sortsOf(pageSorts.albums, isRanked)
  const sort = sorts.includes(requestedSort) ? requestedSort : pageSorts.albums[0]
  const albums = orNotFound(await getAlbums(sort, pageOf(pageText), today()))
  return { ...ways, sorts, sort, albums, of: { path, sort: sort === sorts[0] ? undefined : sort } }
})

export async function generateMetadata({ params }: Props) {
  const { sort, page } = await params
  const { albums, sorts, of } = await load(sort, page)
  const description = browse(albums.total, 'album', sorts)
  return listMetadata({ ...albums, title: 'Albums', description, of })
}

export default async function AlbumsPage({ params }: Props) {
  const parameters = await params
  const { letters, colours, sorts, sort, albums, of } = await load(parameters.sort, parameters.page)
  noteDemand('album', albums.rows)
  return (
    <div className={wrap.wrap}>
      <PageHead title="Albums" note={albums.total > 0 && count(albums.total, 'album')}>
        {albums.total > 1 && <Sorts path={path} sorts={sorts} labels={sortNames} current={sort} />}
        <Letters
          name="Albums"
          letters={letters}
          of={{ path, sort: 'title' }}
          marked={sort === 'title' ? lettersOn(letters, albums.page) : []}
        />
        <Swatches colours={colours} />
      </PageHead>
      {albums.total > 0 ? (
        <AlbumGrid albums={albums.rows} lengths={sort === 'longest'} />
      ) : (
        <EmptyCatalogue of="albums" />
      )}
      <Pagination {...albums} of={of} />
      <JsonLd crumbs={[{ name: 'Albums', path }]} />
    </div>
  )
}
