import { cache } from 'react'
import { oneOf, orNotFound, pageOf } from '@/app/address'
import { EmptyCatalogue } from '@/app/empty-catalogue'
import { JsonLd } from '@/app/json-ld'
import { browse, listMetadata } from '@/app/list-metadata'
import { SongTable } from '@/components/catalogue/song-table'
import { sortNames } from '@/components/catalogue/sorts'
import { Letters, lettersOn } from '@/components/ui/list/letters'
import { Pagination } from '@/components/ui/list/pagination'
import { Sorts } from '@/components/ui/list/sorts'
import { PageHead } from '@/components/ui/page-head'
import { count } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getListNavigation, getSongs } from '@/lib/catalogue/cached'
import { pageSorts, sortsOf } from '@/lib/catalogue/lists/sorts'
import { today } from '@/lib/catalogue/today'

type Props = { params: Promise<{ sort: string; page: string }> }

const path = '/songs'

const load = cache(async (sortText: string, pageText: string) => {
  const requestedSort = oneOf(pageSorts.songs, sortText)
  const { letters, isRanked } = await getListNavigation('songs')
  const sorts = sortsOf(pageSorts.songs, isRanked)
  const sort = sorts.includes(requestedSort) ? requestedSort : (sorts[0] ?? requestedSort)
  const songs = orNotFound(await getSongs(sort, pageOf(pageText), today()))
  return { letters, sorts, sort, songs, of: { path, sort: sort === sorts[0] ? undefined : sort } }
})

export async function generateMetadata({ params }: Props) {
  const { sort, page } = await params
  const { songs, sorts, of } = await load(sort, page)
  const description = browse(songs.total, 'song', sorts)
  return listMetadata({ ...songs, title: 'Songs', description, of })
}

export default async function SongsPage({ params }: Props) {
  const parameters = await params
  const { letters, sorts, sort, songs, of } = await load(parameters.sort, parameters.page)
  return (
    <div className={wrap.wrap}>
      <PageHead title="Songs" note={songs.total > 0 && count(songs.total, 'song')}>
        {songs.total > 1 && <Sorts path={path} sorts={sorts} labels={sortNames} current={sort} />}
        <Letters
          name="Songs"
          letters={letters}
          of={{ path, sort: sorts[0] === 'title' ? undefined : 'title' }}
          marked={sort === 'title' ? lettersOn(letters, songs.page) : []}
        />
      </PageHead>
      {songs.total > 0 ? <SongTable songs={songs.rows} caption="Songs" isFirst /> : <EmptyCatalogue of="songs" />}
      <Pagination {...songs} of={of} />
      <JsonLd crumbs={[{ name: 'Songs', path }]} />
    </div>
  )
}
