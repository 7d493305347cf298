import { notFound } from 'next/navigation'
import { cache } from 'react'
import { found, pageOf, referred } from '@/app/address'
import { listMetadata } from '@/app/list-metadata'
import { ListOf } from '@/app/list-of'
import { CreditList } from '@/components/catalogue/credit-list'
import { albumCreditsPath, albumPath } from '@/components/catalogue/paths'
import { pageAddress } from '@/components/ui/list/address'
import { count } from '@/components/ui/text'
import { getAlbumCreditsHead, getCredits } from '@/lib/catalogue/cached'
import type { CreditsHead } from '@/lib/catalogue/credits/queries'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache(async (ref: string, pageText: string) => {
  const page = pageOf(pageText)
  const album = await referred<CreditsHead>(ref, getAlbumCreditsHead, (right) =>
    pageAddress({ path: albumCreditsPath(right) }, page),
  )
  const credits = found(await getCredits('album', album.id, page))
  // Where nobody is credited there is no page of credits.
  if (credits.total === 0) notFound()
  return { album, credits, title: `Credits of “${album.title}”`, of: { path: albumCreditsPath(album) } }
})

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const { credits, title, of } = await load(ref, page)
  return listMetadata({ ...credits, title, description: `${title}: ${count(credits.total, 'name')}.`, of })
}

export default async function AlbumCreditsPage({ params }: Props) {
  const given = await params
  const { album, credits, title, of } = await load(given.ref, given.page)
  const crumbs = [
    { name: 'Albums', path: '/albums' },
    { name: album.title, path: albumPath(album) },
  ]
  return (
    <ListOf
      title={title}
      note={count(credits.total, 'name')}
      crumbs={crumbs}
      of={of}
      page={credits.page}
      pages={credits.pages}
    >
      <CreditList credits={credits.rows} />
    </ListOf>
  )
}
