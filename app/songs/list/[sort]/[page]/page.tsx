import { cache } from 'react'
import { pageOf } from '@/app/address'
import { loadSorted, SortedList, sortedListMetadata } from '@/app/sorted-list'
import { SongTable } from '@/components/catalogue/song-table'
import { getListNavigation, getSongs } from '@/lib/catalogue/cached'
import { pageSorts } from '@/lib/catalogue/lists/sorts'
import { today } from '@/lib/catalogue/today'

type Props = { params: Promise<{ sort: string; page: string }> }

const load = cache(async (sort: string, page: string) => {
  const { letters, isRanked } = await getListNavigation('songs')
  const choices = { path: '/songs', sorts: pageSorts.songs, isRanked }
  return { letters, ...(await loadSorted(choices, sort, (by) => getSongs(by, pageOf(page), today()))) }
})

export async function generateMetadata({ params }: Props) {
  const { sort, page } = await params
  return sortedListMetadata('song', await load(sort, page))
}

export default async function SongsPage({ params }: Props) {
  const { sort, page } = await params
  const loaded = await load(sort, page)
  return (
    <SortedList noun="song" {...loaded}>
      <SongTable songs={loaded.list.rows} caption="Songs" isFirst />
    </SortedList>
  )
}
