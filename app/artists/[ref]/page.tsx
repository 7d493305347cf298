import { cache } from 'react'
import { findByRef } from '@/app/address'
import { artistCrumbs } from '@/app/crumbs'
import { JsonLd } from '@/app/json-ld'
import { AlbumGrid } from '@/components/catalogue/album-grid'
import { ArtistHead, artistSummary } from '@/components/catalogue/artist-head'
import { ArtistEnrichmentNotes, artistEnrichment } from '@/components/catalogue/enrichment'
import { asRole, kindHeadings } from '@/components/catalogue/kinds'
import { artistAlbumsPath, artistPath, artistRolePath, artistSongsPath } from '@/components/catalogue/paths'
import { SongTable } from '@/components/catalogue/song-table'
import { Notice } from '@/components/ui/notice'
import { Section } from '@/components/ui/section'
import { capitalised, count, number } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getArtist } from '@/lib/catalogue/cached'
import { artistJsonLd } from '@/lib/catalogue/structured-data'
import type { ArtistView, Excerpt } from '@/lib/catalogue/views'
import { noteDemand } from '@/lib/enrichment/page-demand'
import { pageMetadata } from '@/lib/http/metadata'
import { siteOrigin } from '@/lib/http/site-url'

type Props = { params: Promise<{ ref: string }> }

const load = cache((ref: string) => findByRef<ArtistView>(ref, getArtist, artistPath))

/** The link to the whole list, if the page shows only its first rows. */
const seeAll = ({ rows, total }: Excerpt<unknown>, href: string) =>
  total > rows.length && { href, label: `See all ${number(total)}` }

export async function generateMetadata({ params }: Props) {
  const artist = await load((await params).ref)
  return pageMetadata({
    title: artist.disambiguation ? `${artist.name} (${artist.disambiguation})` : artist.name,
    description: `${artist.name}: ${artistSummary(artist)}.`,
    path: artistPath(artist),
    type: 'profile',
  })
}

export default async function ArtistPage({ params }: Props) {
  const artist = await load((await params).ref)
  const { albums, topSongs, appearsOn, roles } = artist
  const about = artistEnrichment(artist.kind, artist.sourceFacts)
  noteDemand('artist', [artist])
  noteDemand('album', [...albums, ...roles].flatMap((group) => group.albums.rows).concat(appearsOn.rows))
  return (
    <>
      <ArtistHead artist={artist} />
      <div className={wrap.wrap}>
        {topSongs.total === 0 && albums.length === 0 && appearsOn.total === 0 && roles.length === 0 && (
          <Notice title="No albums or songs" heading="h2">
            <p>
              The catalogue has nothing by this artist yet. <a href="/artists">Browse all artists</a>.
            </p>
          </Notice>
        )}
        {topSongs.total > 0 && (
          <Section title={topSongs.isRanked ? 'Top songs' : 'Songs'} more={seeAll(topSongs, artistSongsPath(artist))}>
            <SongTable
              songs={topSongs.rows}
              by={artist.name}
              caption={`Songs by ${artist.name}`}
              ranked={topSongs.isRanked}
              isFirst
            />
          </Section>
        )}
        {albums.map(({ kind, albums: ofKind }, index) => (
          <Section key={kind} title={kindHeadings[kind]} more={seeAll(ofKind, artistAlbumsPath(artist, kind))}>
            <AlbumGrid albums={ofKind.rows} shelf by="known" isFirst={topSongs.total === 0 && index === 0} />
          </Section>
        ))}
        {appearsOn.total > 0 && (
          <Section title="Appears on" more={seeAll(appearsOn, artistAlbumsPath(artist, 'appearances'))}>
            <AlbumGrid albums={appearsOn.rows} shelf isFirst={topSongs.total === 0 && albums.length === 0} />
          </Section>
        )}
        {roles.map(({ role, albums: ofRole, songs }) => (
          <Section
            key={role}
            title={capitalised(asRole(role))}
            also={
              ofRole.total > 0 &&
              songs.total > 0 && {
                href: artistRolePath(artist, role, 'songs'),
                label: `${count(songs.total, 'song')} ${asRole(role)}`,
              }
            }
            more={
              ofRole.total > 0
                ? seeAll(ofRole, artistRolePath(artist, role, 'albums'))
                : seeAll(songs, artistRolePath(artist, role, 'songs'))
            }
          >
            {ofRole.total > 0 ? (
              <AlbumGrid albums={ofRole.rows} shelf />
            ) : (
              <SongTable songs={songs.rows} caption={`Songs with ${artist.name} ${asRole(role)}`} />
            )}
          </Section>
        ))}
        {about && (
          <Section title="About">
            <ArtistEnrichmentNotes about={about} />
          </Section>
        )}
      </div>
      <JsonLd about={artistJsonLd(artist, siteOrigin)} crumbs={artistCrumbs(artist)} />
    </>
  )
}
