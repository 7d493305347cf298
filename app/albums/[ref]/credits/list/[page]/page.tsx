import { cache } from 'react'
import { CreditsPage, creditsMetadata, loadCredits } from '@/app/credits-page'
import { albumCrumbs } from '@/app/crumbs'
import { albumCreditsPath } from '@/components/catalogue/paths'
import { getAlbumCreditsHead } from '@/lib/catalogue/cached'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache((ref: string, page: string) =>
  loadCredits({ kind: 'album', getHead: getAlbumCreditsHead, creditsPathOf: albumCreditsPath }, ref, page),
)

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  return creditsMetadata(await load(ref, page))
}

export default async function AlbumCreditsPage({ params }: Props) {
  const { ref, page } = await params
  const loaded = await load(ref, page)
  return <CreditsPage loaded={loaded} crumbs={albumCrumbs(loaded.head)} />
}
