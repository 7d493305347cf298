import { notFound } from 'next/navigation'
import { cache } from 'react'
import { findByRef, oneOf, orNotFound, pageOf } from '@/app/address'
import { EntityListPage } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { kindHeadings } from '@/components/catalogue/kinds'
import { artistAlbumsPath, artistPath } from '@/components/catalogue/paths'
import { pageAddress } from '@/components/ui/list/address'
import { count } from '@/components/ui/text'
import type { ArtistHead } from '@/lib/catalogue/artists/read'
import { getArtistAlbums, getArtistHead } from '@/lib/catalogue/cached'
import { type AlbumKind, albumKinds } from '@/lib/catalogue/kinds'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ ref: string; kind: string; page: string }> }

const titleOf = (kind: AlbumKind | 'appearances', { name }: ArtistHead): string =>
  kind === 'appearances' ? `Albums with ${name}` : `${kindHeadings[kind]} by ${name}`

const load = cache(async (ref: string, kindText: string, pageText: string) => {
  const kind = oneOf([...albumKinds, 'appearances'], kindText)
  const page = pageOf(pageText)
  const artist = await findByRef<ArtistHead>(ref, getArtistHead, (right) =>
    pageAddress({ path: artistAlbumsPath(right, kind) }, page),
  )
  const albums = orNotFound(await getArtistAlbums(artist.id, kind, page))
  if (albums.total === 0) notFound()
  return { artist, kind, albums, of: { path: artistAlbumsPath(artist, kind) } }
})

export async function generateMetadata({ params }: Props) {
  const { ref, kind: kindText, page } = await params
  const { artist, kind, albums, of } = await load(ref, kindText, page)
  const title = titleOf(kind, artist)
  return listMetadata({ ...albums, title, description: `${title}: ${count(albums.total, 'release')}.`, of })
}

export default async function ArtistAlbumsPage({ params }: Props) {
  const parameters = await params
  const { artist, kind, albums, of } = await load(parameters.ref, parameters.kind, parameters.page)
  noteDemand('album', albums.rows)
  const crumbs = [
    { name: 'Artists', path: '/artists' },
    { name: artist.name, path: artistPath(artist) },
  ]
  return (
    <EntityListPage
      title={titleOf(kind, artist)}
      note={count(albums.total, 'release')}
      crumbs={crumbs}
      of={of}
      {...albums}
    >
      <AlbumGrid albums={albums.rows} by={kind === 'appearances' ? undefined : 'known'} />
    </EntityListPage>
  )
}
