import { cache } from 'react'
import { findByRef, pageOf } from '@/app/address'
import { JsonLd } from '@/app/json-ld'
import { listMetadata } from '@/app/list-metadata'
import { ItemTable } from '@/components/playlists/item-table'
import { playlistPath } from '@/components/playlists/paths'
import { PlaylistHead } from '@/components/playlists/playlist-head'
import { playlistFacts } from '@/components/playlists/playlist-list'
import { pageAddress } from '@/components/ui/list/address'
import { Pagination } from '@/components/ui/list/pagination'
import { Notice } from '@/components/ui/notice'
import wrap from '@/components/ui/wrap.module.css'
import { previewOf } from '@/lib/catalogue/artwork/cover'
import { siteOrigin } from '@/lib/http/site-url'
import { getPlaylist } from '@/lib/playlists/cached'
import { playlistJsonLd } from '@/lib/playlists/structured-data'
import type { PlaylistView } from '@/lib/playlists/views'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache((ref: string, pageText: string) => {
  const page = pageOf(pageText)
  return findByRef<PlaylistView>(
    ref,
    (id) => getPlaylist(id, page),
    (playlist) => pageAddress({ path: playlistPath(playlist) }, page),
  )
})

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const playlist = await load(ref, page)
  return listMetadata({
    ...playlist.items,
    title: playlist.name,
    description: playlist.description || `A playlist: ${playlistFacts(playlist)}.`,
    of: { path: playlistPath(playlist) },
    type: 'music.playlist',
    image: playlist.covers[0] && previewOf(playlist.covers[0]),
  })
}

export default async function PlaylistPage({ params }: Props) {
  const { ref, page } = await params
  const playlist = await load(ref, page)
  const path = playlistPath(playlist)
  return (
    <>
      <PlaylistHead playlist={playlist} />
      <div className={wrap.wrap}>
        {playlist.itemCount > 0 ? (
          <ItemTable items={playlist.items.rows} caption={`Songs of ${playlist.name}`} />
        ) : (
          <Notice title="This playlist is empty" heading="h2">
            <p>
              It has no songs yet. <a href="/playlists">Browse all playlists</a>.
            </p>
          </Notice>
        )}
        <Pagination {...playlist.items} of={{ path }} />
      </div>
      <JsonLd
        about={playlistJsonLd(playlist, siteOrigin)}
        crumbs={[
          { name: 'Playlists', path: '/playlists' },
          { name: playlist.name, path },
        ]}
      />
    </>
  )
}
