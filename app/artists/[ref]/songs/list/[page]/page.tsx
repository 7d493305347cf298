import { cache } from 'react'
import { artistCrumbs } from '@/app/crumbs'
import { EntityListPage, loadEntityList } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { artistSongsPath } from '@/components/catalogue/paths'
import { SongTable } from '@/components/catalogue/song-table'
import { count } from '@/components/ui/text'
import { getArtistHead, getArtistSongs } from '@/lib/catalogue/cached'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache((ref: string, page: string) =>
  loadEntityList(ref, page, getArtistHead, artistSongsPath, getArtistSongs),
)

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const { head: artist, list: songs, of } = await load(ref, page)
  const description = `${count(songs.total, 'song')} by ${artist.name}${artist.songsAreRanked ? ', best known first' : ''}.`
  return listMetadata({ ...songs, title: `Songs by ${artist.name}`, description, of })
}

export default async function ArtistSongsPage({ params }: Props) {
  const parameters = await params
  const { head: artist, list: songs, of } = await load(parameters.ref, parameters.page)
  return (
    <EntityListPage
      title={`Songs by ${artist.name}`}
      note={count(songs.total, 'song')}
      crumbs={artistCrumbs(artist)}
      of={of}
      {...songs}
    >
      <SongTable songs={songs.rows} by={artist.name} caption={`Songs by ${artist.name}`} isFirst />
    </EntityListPage>
  )
}
