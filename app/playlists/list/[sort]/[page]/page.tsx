import { cache } from 'react'
import { oneOf, orNotFound, pageOf } from '@/app/address'
import { EmptyCatalogue } from '@/app/empty-catalogue'
import { JsonLd } from '@/app/json-ld'
import { browse, listMetadata } from '@/app/list-metadata'
import { sortNames } from '@/components/catalogue/sorts'
import { PlaylistList } from '@/components/playlists/playlist-list'
import { Letters, lettersOn } from '@/components/ui/list/letters'
import { Pagination } from '@/components/ui/list/pagination'
import { Sorts } from '@/components/ui/list/sorts'
import { PageHead } from '@/components/ui/page-head'
import { count } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { pageSorts, sortsOf } from '@/lib/catalogue/lists/sorts'
import { getPlaylistNavigation, getPlaylists } from '@/lib/playlists/cached'

type Props = { params: Promise<{ sort: string; page: string }> }

const path = '/playlists'

const load = cache(async (sortText: string, pageText: string) => {
  const requestedSort = oneOf(pageSorts.playlists, sortText)
  const { letters, isRanked } = await getPlaylistNavigation()
  const sorts = sortsOf(pageSorts.playlists, isRanked)
  const sort = sorts.includes(requestedSort) ? requestedSort : pageSorts.playlists[0]
  const playlists = orNotFound(await getPlaylists(sort, pageOf(pageText)))
  return { letters, sorts, sort, playlists, of: { path, sort: sort === sorts[0] ? undefined : sort } }
})

export async function generateMetadata({ params }: Props) {
  const { sort, page } = await params
  const { playlists, sorts, of } = await load(sort, page)
  const description = browse(playlists.total, 'playlist', sorts)
  return listMetadata({ ...playlists, title: 'Playlists', description, of })
}

export default async function PlaylistsPage({ params }: Props) {
  const parameters = await params
  const { letters, sorts, sort, playlists, of } = await load(parameters.sort, parameters.page)
  return (
    <div className={wrap.wrap}>
      <PageHead title="Playlists" note={playlists.total > 0 && count(playlists.total, 'playlist')}>
        {playlists.total > 1 && <Sorts path={path} sorts={sorts} labels={sortNames} current={sort} />}
        <Letters
          name="Playlists"
          letters={letters}
          of={{ path }}
          marked={sort === 'name' ? lettersOn(letters, playlists.page) : []}
        />
      </PageHead>
      {playlists.total > 0 ? <PlaylistList playlists={playlists.rows} /> : <EmptyCatalogue of="playlists" />}
      <Pagination {...playlists} of={of} />
      <JsonLd crumbs={[{ name: 'Playlists', path }]} />
    </div>
  )
}
