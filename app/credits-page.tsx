import type { Metadata } from 'next'
import { EntityListPage, loadEntityList } from '@/app/entity-list-page'
import { listMetadata } from '@/app/list-metadata'
import { CreditList } from '@/components/catalogue/credit-list'
import { count } from '@/components/ui/text'
import { getCredits, type getSongCreditsHead } from '@/lib/catalogue/cached'
import type { CreditsHead } from '@/lib/catalogue/credits/read'

/** How to read the credits of albums, or of songs. */
type CreditsSource = {
  kind: 'album' | 'song'
  getHead: typeof getSongCreditsHead
  creditsPathOf: (head: CreditsHead) => string
}

/** Reads a page of the credits of an album or a song, for its metadata and for `CreditsPage`. */
export async function loadCredits({ kind, getHead, creditsPathOf }: CreditsSource, ref: string, page: string) {
  const { head, list, of } = await loadEntityList(ref, page, getHead, creditsPathOf, ({ id }, number) =>
    getCredits(kind, id, number),
  )
  return { head, credits: list, title: `Credits of “${head.title}”`, of }
}

type Loaded = Awaited<ReturnType<typeof loadCredits>>

export const creditsMetadata = ({ credits, title, of }: Loaded): Metadata =>
  listMetadata({ ...credits, title, description: `${title}: ${count(credits.total, 'name')}.`, of })

/** The page of all credits. @param crumbs end with the album or the song. */
export const CreditsPage = ({
  loaded: { credits, title, of },
  crumbs,
}: {
  loaded: Loaded
  crumbs: { name: string; path: string }[]
}) => (
  <EntityListPage title={title} note={count(credits.total, 'name')} crumbs={crumbs} of={of} {...credits}>
    <CreditList credits={credits.rows} />
  </EntityListPage>
)
