import { cache } from 'react'
import { oneOf } from '@/app/address'
import { artistCrumbs } from '@/app/crumbs'
import { EntityListPage, loadEntityList } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { kindHeadings } from '@/components/catalogue/kinds'
import { artistAlbumsPath } from '@/components/catalogue/paths'
import { count } from '@/components/ui/text'
import type { ArtistHead } from '@/lib/catalogue/artists/read'
import { getArtistAlbums, getArtistHead } from '@/lib/catalogue/cached'
import { type AlbumKind, albumKinds } from '@/lib/catalogue/kinds'
import { noteDemand } from '@/lib/enrichment/page-demand'

type Props = { params: Promise<{ ref: string; kind: string; page: string }> }

const titleOf = (kind: AlbumKind | 'appearances', { name }: ArtistHead): string =>
  kind === 'appearances' ? `Albums with ${name}` : `${kindHeadings[kind]} by ${name}`

const load = cache(async (ref: string, kindText: string, page: string) => {
  const kind = oneOf([...albumKinds, 'appearances'], kindText)
  const loaded = await loadEntityList(
    ref,
    page,
    getArtistHead,
    (artist) => artistAlbumsPath(artist, kind),
    (artist, number) => getArtistAlbums(artist.id, kind, number),
  )
  return { kind, ...loaded }
})

export async function generateMetadata({ params }: Props) {
  const { ref, kind: kindText, page } = await params
  const { head: artist, kind, list: albums, of } = await load(ref, kindText, page)
  const title = titleOf(kind, artist)
  return listMetadata({ ...albums, title, description: `${title}: ${count(albums.total, 'release')}.`, of })
}

export default async function ArtistAlbumsPage({ params }: Props) {
  const parameters = await params
  const { head: artist, kind, list: albums, of } = await load(parameters.ref, parameters.kind, parameters.page)
  noteDemand('album', albums.rows)
  return (
    <EntityListPage
      title={titleOf(kind, artist)}
      note={count(albums.total, 'release')}
      crumbs={artistCrumbs(artist)}
      of={of}
      {...albums}
    >
      <AlbumGrid albums={albums.rows} by={kind === 'appearances' ? undefined : 'known'} />
    </EntityListPage>
  )
}
