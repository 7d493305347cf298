import { cache } from 'react'
import { pageOf } from '@/app/address'
import { loadSorted, SortedList, sortedListMetadata } from '@/app/sorted-list'
import { PlaylistList } from '@/components/playlists/playlist-list'
import { pageSorts } from '@/lib/catalogue/lists/sorts'
import { getPlaylistNavigation, getPlaylists } from '@/lib/playlists/cached'

type Props = { params: Promise<{ sort: string; page: string }> }

const load = cache(async (sort: string, page: string) => {
  const { letters, isRanked } = await getPlaylistNavigation()
  const choices = { path: '/playlists', sorts: pageSorts.playlists, isRanked }
  return { letters, ...(await loadSorted(choices, sort, (by) => getPlaylists(by, pageOf(page)))) }
})

export async function generateMetadata({ params }: Props) {
  const { sort, page } = await params
  return sortedListMetadata('playlist', await load(sort, page))
}

export default async function PlaylistsPage({ params }: Props) {
  const { sort, page } = await params
  const loaded = await load(sort, page)
  return (
    <SortedList noun="playlist" {...loaded}>
      <PlaylistList playlists={loaded.list.rows} />
    </SortedList>
  )
}
