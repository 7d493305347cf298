import { cache } from 'react'
import { orNotFound, pageOf } from '@/app/address'
import { EmptyCatalogue } from '@/app/empty-catalogue'
import { JsonLd } from '@/app/json-ld'
import { listMetadata } from '@/app/list-metadata'
import { GenreList } from '@/components/catalogue/genre-list'
import { Pagination } from '@/components/ui/list/pagination'
import { PageHead } from '@/components/ui/page-head'
import { count } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getGenres } from '@/lib/catalogue/cached'

type Props = { params: Promise<{ page: string }> }

const of = { path: '/genres' }

const load = cache(async (page: string) => orNotFound(await getGenres(pageOf(page))))

export async function generateMetadata({ params }: Props) {
  const genres = await load((await params).page)
  return listMetadata({ ...genres, title: 'Genres', description: `Browse ${count(genres.total, 'genre')}.`, of })
}

export default async function GenresPage({ params }: Props) {
  const genres = await load((await params).page)
  return (
    <div className={wrap.wrap}>
      <PageHead title="Genres" note={genres.total > 0 && count(genres.total, 'genre')} />
      {genres.total > 0 ? <GenreList genres={genres.rows} /> : <EmptyCatalogue of="genres" />}
      <Pagination {...genres} of={of} />
      <JsonLd crumbs={[{ name: 'Genres', path: of.path }]} />
    </div>
  )
}
