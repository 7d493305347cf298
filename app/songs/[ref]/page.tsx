import { cache } from 'react'
import { findByRef } from '@/app/address'
import { songCrumbs } from '@/app/crumbs'
import { JsonLd } from '@/app/json-ld'
import { AppearanceList } from '@/components/catalogue/appearance-list'
import { creditText } from '@/components/catalogue/credit'
import { SongNotes } from '@/components/catalogue/notes'
import { songAlbumsPath, songPath, songPlaylistsPath } from '@/components/catalogue/paths'
import { SongHead } from '@/components/catalogue/song-head'
import { PlaylistLinks } from '@/components/playlists/playlist-links'
import { DetailBody } from '@/components/ui/detail-body'
import { Section } from '@/components/ui/section'
import { clock, facts, number } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { previewOf } from '@/lib/catalogue/artwork/cover'
import { getSong } from '@/lib/catalogue/cached'
import { songJsonLd } from '@/lib/catalogue/structured-data'
import type { Excerpt, SongView } from '@/lib/catalogue/views'
import { pageMetadata } from '@/lib/http/metadata'
import { siteOrigin } from '@/lib/http/site-url'

type Props = { params: Promise<{ ref: string }> }

const load = cache((ref: string) => findByRef<SongView>(ref, getSong, songPath))

/** The link to the whole list, if the page shows only its first rows. */
const seeAll = ({ rows, total }: Excerpt<unknown>, href: string) =>
  total > rows.length && { href, label: `See all ${number(total)}` }

export async function generateMetadata({ params }: Props) {
  const song = await load((await params).ref)
  const credit = creditText(song)
  const title = credit ? `${song.title} by ${credit}` : song.title
  return pageMetadata({
    title,
    description: `${facts(title, song.album?.title, song.durationMs !== null && clock(song.durationMs))}.`,
    path: songPath(song),
    type: 'music.song',
    image: song.album ? previewOf(song.album) : undefined,
  })
}

export default async function SongPage({ params }: Props) {
  const song = await load((await params).ref)
  const { appearances, playlists } = song
  return (
    <>
      <SongHead song={song} />
      <div className={wrap.wrap}>
        <DetailBody notes={<SongNotes song={song} />}>
          {appearances.total > 0 && (
            <Section
              title={appearances.total === 1 ? 'On this album' : 'On these albums'}
              more={seeAll(appearances, songAlbumsPath(song))}
            >
              <AppearanceList appearances={appearances.rows} />
            </Section>
          )}
          {playlists.total > 0 && (
            <Section
              title={playlists.total === 1 ? 'In this playlist' : 'In these playlists'}
              more={seeAll(playlists, songPlaylistsPath(song))}
            >
              <PlaylistLinks playlists={playlists.rows} />
            </Section>
          )}
        </DetailBody>
      </div>
      <JsonLd about={songJsonLd(song, siteOrigin)} crumbs={songCrumbs(song)} />
    </>
  )
}
