import { notFound } from 'next/navigation'
import { cache } from 'react'
import { orNotFound, pageOf } from '@/app/address'
import { GenreSongs, loadGenreSongs } from '@/app/genres/[slug]/genre-songs'
import { JsonLd } from '@/app/json-ld'
import { listMetadata } from '@/app/list-metadata'
import { genrePath } from '@/components/catalogue/paths'
import { count } from '@/components/ui/text'
import { getGenre } from '@/lib/catalogue/cached'

type Props = { params: Promise<{ slug: string; sort: string; page: string }> }

const load = cache(async (slug: string, sort: string, page: string) => {
  const genre = orNotFound(await getGenre(slug))
  if (genre.songCount === 0) notFound()
  return loadGenreSongs(genre, sort, pageOf(page))
})

export async function generateMetadata({ params }: Props) {
  const { slug, sort, page } = await params
  const { genre, list, of } = await load(slug, sort, page)
  const description = `${count(list.total, 'song')} in the genre ${genre.name}.`
  return listMetadata({ ...list, title: `${genre.name} songs`, description, of })
}

export default async function GenreSongsPage({ params }: Props) {
  const { slug, sort, page } = await params
  const shown = await load(slug, sort, page)
  return (
    <>
      <GenreSongs {...shown} />
      <JsonLd
        crumbs={[
          { name: 'Genres', path: '/genres' },
          { name: shown.genre.name, path: genrePath(shown.genre) },
          { name: 'Songs', path: shown.of.path },
        ]}
      />
    </>
  )
}
