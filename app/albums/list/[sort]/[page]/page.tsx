import { cache } from 'react'
import { pageOf } from '@/app/address'
import { loadSorted, SortedList, sortedListMetadata } from '@/app/sorted-list'
import { Swatches } from '@/components/artwork/swatches'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { getAlbumNavigation } from '@/lib/artwork/cached'
import { getAlbums } from '@/lib/catalogue/cached'
import { pageSorts } from '@/lib/catalogue/lists/sorts'
import { today } from '@/lib/catalogue/today'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ sort: string; page: string }> }

const load = cache(async (sort: string, page: string) => {
  const { letters, colours, isRanked } = await getAlbumNavigation()
  const choices = { path: '/albums', sorts: pageSorts.albums, isRanked }
  return { letters, colours, ...(await loadSorted(choices, sort, (by) => getAlbums(by, pageOf(page), today()))) }
})

export async function generateMetadata({ params }: Props) {
  const { sort, page } = await params
  return sortedListMetadata('album', await load(sort, page))
}

export default async function AlbumsPage({ params }: Props) {
  const { sort, page } = await params
  const { colours, ...loaded } = await load(sort, page)
  noteDemand('album', loaded.list.rows)
  return (
    <SortedList noun="album" {...loaded} navigation={<Swatches colours={colours} />}>
      <AlbumGrid albums={loaded.list.rows} lengths={loaded.sort === 'longest'} />
    </SortedList>
  )
}
