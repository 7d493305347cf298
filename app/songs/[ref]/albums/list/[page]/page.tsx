import { notFound } from 'next/navigation'
import { cache } from 'react'
import { findByRef, orNotFound, pageOf } from '@/app/address'
import { EntityListPage } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { AppearanceList } from '@/components/catalogue/appearance-list'
import { songAlbumsPath, songPath } from '@/components/catalogue/paths'
import { pageAddress } from '@/components/ui/list/address'
import { count } from '@/components/ui/text'
import { getSongAlbums, getSongHead } from '@/lib/catalogue/cached'
import type { SongHead } from '@/lib/catalogue/songs/read'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache(async (ref: string, pageText: string) => {
  const page = pageOf(pageText)
  const song = await findByRef<SongHead>(ref, getSongHead, (right) =>
    pageAddress({ path: songAlbumsPath(right) }, page),
  )
  const albums = orNotFound(await getSongAlbums(song, page))
  if (albums.total === 0) notFound()
  return { song, albums, of: { path: songAlbumsPath(song) } }
})

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const { song, albums, of } = await load(ref, page)
  const description = `“${song.title}” is on ${count(albums.total, 'album')}.`
  return listMetadata({ ...albums, title: `Albums with ${song.title}`, description, of })
}

export default async function SongAlbumsPage({ params }: Props) {
  const parameters = await params
  const { song, albums, of } = await load(parameters.ref, parameters.page)
  const crumbs = [
    { name: 'Songs', path: '/songs' },
    { name: song.title, path: songPath(song) },
  ]
  return (
    <EntityListPage
      title={`Albums with “${song.title}”`}
      note={count(albums.total, 'album')}
      crumbs={crumbs}
      of={of}
      {...albums}
    >
      <AppearanceList appearances={albums.rows} isFirst />
    </EntityListPage>
  )
}
