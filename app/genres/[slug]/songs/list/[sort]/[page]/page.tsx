import { notFound } from 'next/navigation'
import { cache } from 'react'
import { oneOf, orNotFound, pageOf } from '@/app/address'
import { GenreSongs, loadGenreSongs } from '@/app/genres/[slug]/genre-songs'
import { JsonLd } from '@/app/json-ld'
import { listMetadata } from '@/app/list-metadata'
import { genrePath } from '@/components/catalogue/paths'
import { count } from '@/components/ui/text'
import { getGenre } from '@/lib/catalogue/cached'
import { pageSorts } from '@/lib/catalogue/lists/sorts'

type Props = { params: Promise<{ slug: string; sort: string; page: string }> }

const load = cache(async (slug: string, sort: string, page: string) => {
  const genre = orNotFound(await getGenre(slug))
  if (genre.songCount === 0) notFound()
  return loadGenreSongs(genre, oneOf(pageSorts.genreSongs, sort), pageOf(page))
})

export async function generateMetadata({ params }: Props) {
  const { slug, sort, page } = await params
  const { genre, songs, of } = await load(slug, sort, page)
  const description = `${count(songs.total, 'song')} in the genre ${genre.name}.`
  return listMetadata({ ...songs, title: `${genre.name} songs`, description, of })
}

export default async function GenreSongsPage({ params }: Props) {
  const { slug, sort, page } = await params
  const list = await load(slug, sort, page)
  return (
    <>
      <GenreSongs {...list} />
      <JsonLd
        crumbs={[
          { name: 'Genres', path: '/genres' },
          { name: list.genre.name, path: genrePath(list.genre) },
          { name: 'Songs', path: list.of.path },
        ]}
      />
    </>
  )
}
