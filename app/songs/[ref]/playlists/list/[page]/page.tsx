import { cache } from 'react'
import { songCrumbs } from '@/app/crumbs'
import { EntityListPage, loadEntityList } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { songPlaylistsPath } from '@/components/catalogue/paths'
import { PlaylistLinks } from '@/components/playlists/playlist-links'
import { count } from '@/components/ui/text'
import { getSongHead, getSongPlaylists } from '@/lib/catalogue/cached'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache((ref: string, page: string) =>
  loadEntityList(ref, page, getSongHead, songPlaylistsPath, getSongPlaylists),
)

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const { head: song, list: playlists, of } = await load(ref, page)
  const description = `“${song.title}” is in ${count(playlists.total, 'playlist')}.`
  return listMetadata({ ...playlists, title: `Playlists with ${song.title}`, description, of })
}

export default async function SongPlaylistsPage({ params }: Props) {
  const parameters = await params
  const { head: song, list: playlists, of } = await load(parameters.ref, parameters.page)
  return (
    <EntityListPage
      title={`Playlists with “${song.title}”`}
      note={count(playlists.total, 'playlist')}
      crumbs={songCrumbs(song)}
      of={of}
      {...playlists}
    >
      <PlaylistLinks playlists={playlists.rows} />
    </EntityListPage>
  )
}
