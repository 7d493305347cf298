import { cache } from 'react'
import { pageOf } from '@/app/address'
import { loadSorted, SortedList, sortedListMetadata } from '@/app/sorted-list'
import { ArtistGrid } from '@/components/catalogue/artist-grid'
import { getArtists, getListNavigation } from '@/lib/catalogue/cached'
import { pageSorts } from '@/lib/catalogue/lists/sorts'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ sort: string; page: string }> }

const load = cache(async (sort: string, page: string) => {
  const { letters, isRanked } = await getListNavigation('artists')
  const choices = { path: '/artists', sorts: pageSorts.artists, isRanked }
  return { letters, ...(await loadSorted(choices, sort, (by) => getArtists(by, pageOf(page)))) }
})

export async function generateMetadata({ params }: Props) {
  const { sort, page } = await params
  return sortedListMetadata('artist', await load(sort, page))
}

export default async function ArtistsPage({ params }: Props) {
  const { sort, page } = await params
  const loaded = await load(sort, page)
  noteDemand('artist', loaded.list.rows)
  return (
    <SortedList noun="artist" {...loaded}>
      <ArtistGrid artists={loaded.list.rows} />
    </SortedList>
  )
}
