import { notFound } from 'next/navigation'
import { cache } from 'react'
import { findByRef, orNotFound, pageOf } from '@/app/address'
import { EntityListPage } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { songPath, songPlaylistsPath } from '@/components/catalogue/paths'
import { PlaylistLinks } from '@/components/playlists/playlist-links'
import { pageAddress } from '@/components/ui/list/address'
import { count } from '@/components/ui/text'
import { getSongHead, getSongPlaylists } from '@/lib/catalogue/cached'
import type { SongHead } from '@/lib/catalogue/songs/read'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache(async (ref: string, pageText: string) => {
  const page = pageOf(pageText)
  const song = await findByRef<SongHead>(ref, getSongHead, (right) =>
    pageAddress({ path: songPlaylistsPath(right) }, page),
  )
  const playlists = orNotFound(await getSongPlaylists(song, page))
  if (playlists.total === 0) notFound()
  return { song, playlists, of: { path: songPlaylistsPath(song) } }
})

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const { song, playlists, of } = await load(ref, page)
  const description = `“${song.title}” is in ${count(playlists.total, 'playlist')}.`
  return listMetadata({ ...playlists, title: `Playlists with ${song.title}`, description, of })
}

export default async function SongPlaylistsPage({ params }: Props) {
  const parameters = await params
  const { song, playlists, of } = await load(parameters.ref, parameters.page)
  const crumbs = [
    { name: 'Songs', path: '/songs' },
    { name: song.title, path: songPath(song) },
  ]
  return (
    <EntityListPage
      title={`Playlists with “${song.title}”`}
      note={count(playlists.total, 'playlist')}
      crumbs={crumbs}
      of={of}
      {...playlists}
    >
      <PlaylistLinks playlists={playlists.rows} />
    </EntityListPage>
  )
}
