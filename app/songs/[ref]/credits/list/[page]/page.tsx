import { cache } from 'react'
import { CreditsPage, creditsMetadata, loadCredits } from '@/app/credits-page'
import { songCrumbs } from '@/app/crumbs'
import { songCreditsPath } from '@/components/catalogue/paths'
import { getSongCreditsHead } from '@/lib/catalogue/cached'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache((ref: string, page: string) =>
  loadCredits({ kind: 'song', getHead: getSongCreditsHead, creditsPathOf: songCreditsPath }, ref, page),
)

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  return creditsMetadata(await load(ref, page))
}

export default async function SongCreditsPage({ params }: Props) {
  const { ref, page } = await params
  const loaded = await load(ref, page)
  return <CreditsPage loaded={loaded} crumbs={songCrumbs(loaded.head)} />
}
