import type { Metadata } from 'next'
import { cache } from 'react'
import { oneOf } from '@/app/address'
import { EmptyCatalogue } from '@/app/empty-catalogue'
import { JsonLd } from '@/app/json-ld'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { ArtistGrid } from '@/components/catalogue/artist-grid'
import { DemoNote } from '@/components/catalogue/demo-note'
import { GenreList } from '@/components/catalogue/genre-list'
import { SongTable } from '@/components/catalogue/song-table'
import { Totals } from '@/components/catalogue/totals'
import { SearchBox } from '@/components/search/search-box'
import { Section } from '@/components/ui/section'
import { count } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getHome } from '@/lib/catalogue/cached'
import { today } from '@/lib/catalogue/today'
import { noteDemand } from '@/lib/enrichment/page-demand'
import { websiteJsonLd } from '@/lib/http/json-ld'
import { pageMetadata } from '@/lib/http/metadata'
import { siteOrigin } from '@/lib/http/site-url'
import { hasDemo } from '@/lib/imports/demo/cached'

type Props = { params: Promise<{ page: string }> }

const load = cache((page: string) => {
  oneOf(['front'], page)
  return getHome(today())
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { totals } = await load((await params).page)
  const description = `A music catalogue: ${count(totals.songs, 'song')} on ${count(totals.albums, 'album')} by ${count(totals.artists, 'artist')}.`
  return { ...pageMetadata({ title: 'SyroMusic', description, path: '/' }), title: { absolute: 'SyroMusic' } }
}

export default async function HomePage({ params }: Props) {
  const [home, isDemo] = await Promise.all([load((await params).page), hasDemo()])
  const { totals } = home
  noteDemand('album', [...home.newest, ...home.popularAlbums, ...home.albums])
  noteDemand('artist', home.popularArtists)
  return (
    <div className={wrap.wrap}>
      {/* RFC 8631: the documentation of the API. */}
      <link rel="service-doc" href="/api/docs" />
      <Totals totals={totals} />
      {isDemo && <DemoNote />}
      {totals.songs > 0 && <SearchBox isSpare />}
      {totals.songs === 0 && <EmptyCatalogue of="records" />}
      {home.newest.length > 0 && (
        <Section title="New" more={{ href: '/albums', label: 'See all albums' }}>
          <AlbumGrid albums={home.newest} shelf isFirst />
        </Section>
      )}
      {home.popularAlbums.length > 0 && (
        <Section title="Popular albums" more={{ href: '/albums?sort=popular', label: 'See all popular albums' }}>
          <AlbumGrid albums={home.popularAlbums} shelf isFirst={home.newest.length === 0} />
        </Section>
      )}
      {home.popularSongs.length > 0 && (
        <Section title="Popular songs" more={{ href: '/songs', label: 'See all popular songs' }}>
          <SongTable songs={home.popularSongs} caption="Popular songs" ranked />
        </Section>
      )}
      {home.popularArtists.length > 0 && (
        <Section title="Popular artists" more={{ href: '/artists?sort=popular', label: 'See all popular artists' }}>
          <ArtistGrid artists={home.popularArtists} shelf />
        </Section>
      )}
      {home.albums.length > 0 && (
        <Section title="Albums" more={{ href: '/albums?sort=title', label: 'See all albums' }}>
          <AlbumGrid albums={home.albums} shelf isFirst />
        </Section>
      )}
      {totals.genres > 0 && (
        <Section title="Genres" more={{ href: '/genres', label: `See all ${count(totals.genres, 'genre')}` }}>
          <GenreList genres={home.genres} />
        </Section>
      )}
      <JsonLd about={websiteJsonLd(siteOrigin)} crumbs={[]} />
    </div>
  )
}
