import { pageAddress } from '@/components/ui/list/address'
import { Letters, letterLabel } from '@/components/ui/list/letters'
import { PageHead } from '@/components/ui/page-head'
import { SearchBox } from '@/components/ui/search-box'
import { Section } from '@/components/ui/section'
import wrap from '@/components/ui/wrap.module.css'
import { getLetterPages } from '@/lib/catalogue/cached'
import type { LetteredList } from '@/lib/catalogue/letters/queries'
import { initialOf, sortKey, sortNameOf, titleSortKey } from '@/lib/catalogue/sort-key'
import { pageMetadata } from '@/lib/http/metadata'
import styles from './search.module.css'

export const metadata = {
  ...pageMetadata({ title: 'Search', description: 'Find artists, albums and songs by their letter.', path: '/search' }),
  robots: { index: false },
}

/** The lists that are filed by letter, the order that files them, and how a name is filed there. */
const shelves: { list: LetteredList; name: string; sort?: string; file: (text: string) => string }[] = [
  { list: 'artists', name: 'Artists', file: (text) => sortKey(sortNameOf(text)) },
  { list: 'albums', name: 'Albums', sort: 'title', file: titleSortKey },
  { list: 'songs', name: 'Songs', sort: 'title', file: titleSortKey },
]

type Props = { searchParams: Promise<{ q?: string | string[] }> }

export default async function SearchPage({ searchParams }: Props) {
  const { q } = await searchParams
  const asked = typeof q === 'string' ? q.trim() : ''
  const filed = await Promise.all(
    shelves.map(async ({ list, name, sort, file }) => {
      const of = { path: `/${list}`, sort }
      const letters = await getLetterPages(list)
      return { name, of, letters, at: asked && letters.find(({ letter }) => letter === initialOf(file(asked))) }
    }),
  )
  const ways = filed.flatMap(({ name, of, at }) =>
    at ? [{ label: `${name} under ${letterLabel(at.letter)}`, href: pageAddress(of, at.page) }] : [],
  )
  const shelved = filed.filter(({ letters }) => letters.length > 0)
  return (
    <div className={wrap.wrap}>
      <PageHead title="Search">
        <SearchBox value={asked} />
        <p className={styles.note}>
          {asked ? 'Searching by words isn’t here yet; the shelves are.' : 'Searching by words isn’t here yet.'}{' '}
          {ways.length > 0
            ? 'What you look for stands here, if the catalogue has it:'
            : 'Type how a name begins, or choose its letter below.'}
        </p>
        {ways.length > 0 && (
          <ul className={styles.ways}>
            {ways.map(({ label, href }) => (
              <li key={href}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        )}
      </PageHead>
      {shelved.map(({ name, of, letters, at }) => (
        <Section key={name} title={name} more={{ href: of.path, label: `All ${name.toLowerCase()}` }}>
          <Letters name={name} letters={letters} of={of} marked={at ? [at.letter] : []} />
        </Section>
      ))}
      <Section title="Other ways in">
        <p>
          <a href="/genres">Genres</a> and <a href="/playlists">playlists</a> lead through the catalogue too.
        </p>
      </Section>
    </div>
  )
}
