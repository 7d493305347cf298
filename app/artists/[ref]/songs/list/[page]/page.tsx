import { notFound } from 'next/navigation'
import { cache } from 'react'
import { findByRef, orNotFound, pageOf } from '@/app/address'
import { EntityListPage } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { artistPath, artistSongsPath } from '@/components/catalogue/paths'
import { SongTable } from '@/components/catalogue/song-table'
import { pageAddress } from '@/components/ui/list/address'
import { count } from '@/components/ui/text'
import type { ArtistHead } from '@/lib/catalogue/artists/read'
import { getArtistHead, getArtistSongs } from '@/lib/catalogue/cached'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache(async (ref: string, pageText: string) => {
  const page = pageOf(pageText)
  const artist = await findByRef<ArtistHead>(ref, getArtistHead, (right) =>
    pageAddress({ path: artistSongsPath(right) }, page),
  )
  const songs = orNotFound(await getArtistSongs(artist, page))
  if (songs.total === 0) notFound()
  return { artist, songs, of: { path: artistSongsPath(artist) } }
})

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const { artist, songs, of } = await load(ref, page)
  const description = `${count(songs.total, 'song')} by ${artist.name}${artist.songsAreRanked ? ', best known first' : ''}.`
  return listMetadata({ ...songs, title: `Songs by ${artist.name}`, description, of })
}

export default async function ArtistSongsPage({ params }: Props) {
  const parameters = await params
  const { artist, songs, of } = await load(parameters.ref, parameters.page)
  const crumbs = [
    { name: 'Artists', path: '/artists' },
    { name: artist.name, path: artistPath(artist) },
  ]
  return (
    <EntityListPage
      title={`Songs by ${artist.name}`}
      note={count(songs.total, 'song')}
      crumbs={crumbs}
      of={of}
      {...songs}
    >
      <SongTable songs={songs.rows} by={artist.name} caption={`Songs by ${artist.name}`} isFirst />
    </EntityListPage>
  )
}
