import { cache } from 'react'
import { findByRef, pageOf } from '@/app/address'
import { albumCrumbs } from '@/app/crumbs'
import { JsonLd } from '@/app/json-ld'
import { listMetadata } from '@/app/list-metadata'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { AlbumHead, albumFacts } from '@/components/catalogue/album-head'
import { creditText } from '@/components/catalogue/credit'
import { kindNames } from '@/components/catalogue/kinds'
import { AlbumNotes } from '@/components/catalogue/notes'
import { albumPath, artistPath } from '@/components/catalogue/paths'
import { DiscIndex, TrackList } from '@/components/catalogue/track-list'
import { DetailBody } from '@/components/ui/detail-body'
import { pageAddress } from '@/components/ui/list/address'
import { Pagination } from '@/components/ui/list/pagination'
import { Section } from '@/components/ui/section'
import { facts } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { previewOf } from '@/lib/catalogue/artwork/cover'
import { getAlbum } from '@/lib/catalogue/cached'
import { albumJsonLd } from '@/lib/catalogue/structured-data'
import type { AlbumView } from '@/lib/catalogue/views'
import { noteDemand } from '@/lib/enrichment/page-demand'
import { siteOrigin } from '@/lib/http/site-url'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache((ref: string, pageText: string) => {
  const page = pageOf(pageText)
  return findByRef<AlbumView>(
    ref,
    (id) => getAlbum(id, page),
    (album) => pageAddress({ path: albumPath(album) }, page),
  )
})

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const album = await load(ref, page)
  const credit = creditText(album)
  return listMetadata({
    ...album.tracksPage,
    title: credit ? `${album.title} by ${credit}` : album.title,
    description: `${facts(kindNames[album.kind], albumFacts(album))}.`,
    of: { path: albumPath(album) },
    type: 'music.album',
    image: previewOf(album),
  })
}

export default async function AlbumPage({ params }: Props) {
  const { ref, page } = await params
  const album = await load(ref, page)
  const path = albumPath(album)
  noteDemand('album', [album, ...(album.moreBy?.albums ?? [])])
  return (
    <>
      <AlbumHead album={album} />
      <div className={wrap.wrap}>
        <DetailBody notes={<AlbumNotes album={album} />}>
          <DiscIndex discs={album.discIndex} discCount={album.discCount} of={{ path }} pages={album.tracksPage.pages} />
          <TrackList discs={album.discs} album={album} />
          <Pagination {...album.tracksPage} of={{ path }} />
        </DetailBody>
        {album.moreBy && (
          <Section
            title={`More by ${album.moreBy.artist.name}`}
            more={{ href: artistPath(album.moreBy.artist), label: 'See all' }}
          >
            <AlbumGrid albums={album.moreBy.albums} shelf by="known" />
          </Section>
        )}
      </div>
      <JsonLd about={albumJsonLd(album, siteOrigin)} crumbs={albumCrumbs(album)} />
    </>
  )
}
