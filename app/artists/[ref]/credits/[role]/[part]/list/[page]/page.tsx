import { notFound } from 'next/navigation'
import { cache } from 'react'
import { findByRef, oneOf, orNotFound, pageOf } from '@/app/address'
import { artistCrumbs } from '@/app/crumbs'
import { EntityListPage } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { asRole } from '@/components/catalogue/kinds'
import { artistRolePath } from '@/components/catalogue/paths'
import { SongTable } from '@/components/catalogue/song-table'
import { pageAddress } from '@/components/ui/list/address'
import { count } from '@/components/ui/text'
import type { ArtistHead } from '@/lib/catalogue/artists/read'
import { getArtistHead, getArtistRoleAlbums, getArtistRoleSongs } from '@/lib/catalogue/cached'
import { otherRoles } from '@/lib/catalogue/kinds'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ ref: string; role: string; part: string; page: string }> }

/** The albums or the songs that credit an artist in a role. */
const load = cache(async (ref: string, roleText: string, partText: string, pageText: string) => {
  const role = oneOf(otherRoles, roleText)
  const part = oneOf(['albums', 'songs'], partText)
  const page = pageOf(pageText)
  const artist = await findByRef<ArtistHead>(ref, getArtistHead, (right) =>
    pageAddress({ path: artistRolePath(right, role, part) }, page),
  )
  const albums = part === 'albums' ? orNotFound(await getArtistRoleAlbums(artist.id, role, page)) : null
  const songs = part === 'songs' ? orNotFound(await getArtistRoleSongs(artist.id, role, page)) : null
  const list = orNotFound(albums ?? songs)
  if (list.total === 0) notFound()
  const noun = part === 'albums' ? 'album' : 'song'
  return {
    artist,
    title: `${artist.name} ${asRole(role)}: ${part}`,
    total: count(list.total, noun),
    albums,
    songs,
    list,
    of: { path: artistRolePath(artist, role, part) },
  }
})

export async function generateMetadata({ params }: Props) {
  const { ref, role, part, page } = await params
  const { title, total, list, of } = await load(ref, role, part, page)
  return listMetadata({ page: list.page, pages: list.pages, title, description: `${title}, ${total}.`, of })
}

export default async function ArtistRolePage({ params }: Props) {
  const { ref, role, part, page } = await params
  const { artist, title, total, albums, songs, list, of } = await load(ref, role, part, page)
  noteDemand('album', albums?.rows ?? [])
  return (
    <EntityListPage
      title={title}
      note={total}
      crumbs={artistCrumbs(artist)}
      of={of}
      page={list.page}
      pages={list.pages}
    >
      {albums && <AlbumGrid albums={albums.rows} />}
      {songs && <SongTable songs={songs.rows} caption={title} isFirst />}
    </EntityListPage>
  )
}
