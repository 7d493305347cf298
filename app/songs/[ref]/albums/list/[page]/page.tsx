import { cache } from 'react'
import { songCrumbs } from '@/app/crumbs'
import { EntityListPage, loadEntityList } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { AppearanceList } from '@/components/catalogue/appearance-list'
import { songAlbumsPath } from '@/components/catalogue/paths'
import { count } from '@/components/ui/text'
import { getSongAlbums, getSongHead } from '@/lib/catalogue/cached'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache((ref: string, page: string) => loadEntityList(ref, page, getSongHead, songAlbumsPath, getSongAlbums))

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const { head: song, list: albums, of } = await load(ref, page)
  const description = `“${song.title}” is on ${count(albums.total, 'album')}.`
  return listMetadata({ ...albums, title: `Albums with ${song.title}`, description, of })
}

export default async function SongAlbumsPage({ params }: Props) {
  const parameters = await params
  const { head: song, list: albums, of } = await load(parameters.ref, parameters.page)
  return (
    <EntityListPage
      title={`Albums with “${song.title}”`}
      note={count(albums.total, 'album')}
      crumbs={songCrumbs(song)}
      of={of}
      {...albums}
    >
      <AppearanceList appearances={albums.rows} isFirst />
    </EntityListPage>
  )
}
