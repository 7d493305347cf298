import { cache } from 'react'
import { oneOf, orNotFound, pageOf } from '@/app/address'
import { EmptyCatalogue } from '@/app/empty-catalogue'
import { JsonLd } from '@/app/json-ld'
import { browse, listMetadata } from '@/app/list-metadata'
import { ArtistGrid } from '@/components/catalogue/artist-grid'
import { sortNames } from '@/components/catalogue/sorts'
import { Letters, lettersOn } from '@/components/ui/list/letters'
import { Pagination } from '@/components/ui/list/pagination'
import { Sorts } from '@/components/ui/list/sorts'
import { PageHead } from '@/components/ui/page-head'
import { count } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getArtists, getListNavigation } from '@/lib/catalogue/cached'
import { pageSorts, sortsOf } from '@/lib/catalogue/lists/sorts'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ sort: string; page: string }> }

const path = '/artists'

const load = cache(async (sortText: string, pageText: string) => {
  const requestedSort = oneOf(pageSorts.artists, sortText)
  const { letters, isRanked } = await getListNavigation('artists')
  const sorts = sortsOf(pageSorts.artists, isRanked)
  const sort = sorts.includes(requestedSort) ? requestedSort : (sorts[0] ?? requestedSort)
  const artists = orNotFound(await getArtists(sort, pageOf(pageText)))
  return { letters, sorts, sort, artists, of: { path, sort: sort === sorts[0] ? undefined : sort } }
})

export async function generateMetadata({ params }: Props) {
  const { sort, page } = await params
  const { artists, sorts, of } = await load(sort, page)
  const description = browse(artists.total, 'artist', sorts)
  return listMetadata({ ...artists, title: 'Artists', description, of })
}

export default async function ArtistsPage({ params }: Props) {
  const parameters = await params
  const { letters, sorts, sort, artists, of } = await load(parameters.sort, parameters.page)
  noteDemand('artist', artists.rows)
  return (
    <div className={wrap.wrap}>
      <PageHead title="Artists" note={artists.total > 0 && count(artists.total, 'artist')}>
        {artists.total > 1 && <Sorts path={path} sorts={sorts} labels={sortNames} current={sort} />}
        <Letters
          name="Artists"
          letters={letters}
          of={{ path }}
          marked={sort === 'name' ? lettersOn(letters, artists.page) : []}
        />
      </PageHead>
      {artists.total > 0 ? <ArtistGrid artists={artists.rows} /> : <EmptyCatalogue of="artists" />}
      <Pagination {...artists} of={of} />
      <JsonLd crumbs={[{ name: 'Artists', path }]} />
    </div>
  )
}
