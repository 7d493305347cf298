import { notFound } from 'next/navigation'
import { cache } from 'react'
import { found, pageOf, referred } from '@/app/address'
import { listMetadata } from '@/app/list-metadata'
import { ListOf } from '@/app/list-of'
import { CreditList } from '@/components/catalogue/credit-list'
import { songCreditsPath, songPath } from '@/components/catalogue/paths'
import { pageAddress } from '@/components/ui/list/address'
import { count } from '@/components/ui/text'
import { getCredits, getSongCreditsHead } from '@/lib/catalogue/cached'
import type { CreditsHead } from '@/lib/catalogue/credits/queries'

type Props = { params: Promise<{ ref: string; page: string }> }

const load = cache(async (ref: string, pageText: string) => {
  const page = pageOf(pageText)
  const song = await referred<CreditsHead>(ref, getSongCreditsHead, (right) =>
    pageAddress({ path: songCreditsPath(right) }, page),
  )
  const credits = found(await getCredits('song', song.id, page))
  // Where nobody is credited there is no page of credits.
  if (credits.total === 0) notFound()
  return { song, credits, title: `Credits of “${song.title}”`, of: { path: songCreditsPath(song) } }
})

export async function generateMetadata({ params }: Props) {
  const { ref, page } = await params
  const { credits, title, of } = await load(ref, page)
  return listMetadata({ ...credits, title, description: `${title}: ${count(credits.total, 'name')}.`, of })
}

export default async function SongCreditsPage({ params }: Props) {
  const given = await params
  const { song, credits, title, of } = await load(given.ref, given.page)
  const crumbs = [
    { name: 'Songs', path: '/songs' },
    { name: song.title, path: songPath(song) },
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
