import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FacetLists, FiltersButton, KindTabs, SortLinks } from '@/components/search/facet-lists'
import { HitList } from '@/components/search/hit-list'
import results from '@/components/search/results.module.css'
import { SearchBox } from '@/components/search/search-box'
import { Letters } from '@/components/ui/list/letters'
import { Pagination } from '@/components/ui/list/pagination'
import { PageHead } from '@/components/ui/page-head'
import { Section } from '@/components/ui/section'
import { count } from '@/components/ui/text'
import wrap from '@/components/ui/wrap.module.css'
import { getListNavigation } from '@/lib/catalogue/cached'
import type { LetteredList } from '@/lib/catalogue/letters/read'
import { pageMetadata } from '@/lib/http/metadata'
import { parametersOf, readAddress, type SearchAddress, searchAddress } from '@/lib/search/results/address'
import { readSearch } from '@/lib/search/results/parameters'
import { findResults } from '@/lib/search/results/results'
import type { SearchView } from '@/lib/search/results/views'
import styles from './search.module.css'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { q } = readAddress(await searchParams)
  const description = 'Search artists, albums, songs, playlists and genres.'
  const metadata = pageMetadata({ title: 'Search', description, path: '/search' })
  return { ...metadata, ...(q && { title: `${q.slice(0, 100)} · Search` }), robots: { index: false } }
}

export default async function SearchPage({ searchParams }: Props) {
  const { address, unknown } = await readSearch(await searchParams)
  if (address.page < 1) notFound()
  const view = address.q ? await findResults(address, unknown) : null
  if (address.page > (view?.pages ?? 1)) notFound()
  // Filters stay visible without results, so that they can be removed.
  const isShown = view !== null && (view.hits.length > 0 || isNarrowed(address))
  return (
    <div className={wrap.wrap}>
      <PageHead title="Search">
        <SearchBox value={address.q} isMain />
        {view && <Summary view={view} address={address} />}
        {isShown && (
          <div className={results.ways}>
            <KindTabs view={view} />
            {view.hits.length > 1 && <SortLinks view={view} />}
            <FiltersButton view={view} />
          </div>
        )}
      </PageHead>
      {isShown && (
        <div className={results.results}>
          <div>
            {view.hits.length > 0 && <HitList hits={view.hits} />}
            <Pagination page={view.page} pages={view.pages} of={{ path: '/search', query: parametersOf(address) }} />
          </div>
          <FacetLists view={view} />
        </div>
      )}
      {(!view || view.hits.length === 0) && <BrowseLinks />}
    </div>
  )
}

const isNarrowed = ({ chosen }: SearchAddress): boolean => Object.values(chosen).some((values) => values.length > 0)

/** The number of results, announced by screen readers. */
function Summary({ view, address }: { view: SearchView; address: SearchAddress }) {
  return (
    <p className={styles.note} role="status">
      <Unknown values={view.unknown} />
      {view.total === 0 ? (
        <>
          No results.{' '}
          {isNarrowed(address) ? (
            <>
              Search <a href={searchAddress({ ...address, chosen: {} })}>without filters</a>.
            </>
          ) : (
            'Try fewer words or another spelling, or browse the lists below.'
          )}
        </>
      ) : (
        <Count view={view} />
      )}
    </p>
  )
}

/** Filter values that are not in the catalogue; the search ignores them. */
const Unknown = ({ values }: { values: SearchView['unknown'] }) =>
  values.map(({ filter, value }) => (
    <span key={`${filter} ${value}`}>
      Unknown {filter} “<bdi>{value}</bdi>”.{' '}
    </span>
  ))

function Count({ view }: { view: SearchView }) {
  const total = view.isExact ? count(view.total, 'result') : `At least ${count(view.total, 'result')}`
  return (
    <>
      {view.instead ? (
        <>
          No exact matches. {view.isExact ? `Showing ${total}` : total} for <strong dir="auto">{view.instead}</strong>.
        </>
      ) : (
        `${total}.`
      )}
      {view.isPartial && ' Only the most popular items were searched. More words give more results.'}
      {view.didYouMean && (
        <>
          {' '}
          Did you mean{' '}
          <a href={view.didYouMean.href} dir="auto">
            {view.didYouMean.text}
          </a>
          ?
        </>
      )}
    </>
  )
}

/** The lists with an index of letters, and the sort that it needs. */
const letteredLists: { list: LetteredList; name: string; sort?: string }[] = [
  { list: 'artists', name: 'Artists' },
  { list: 'albums', name: 'Albums', sort: 'title' },
  { list: 'songs', name: 'Songs', sort: 'title' },
]

/** Other ways to browse the catalogue, for a search without results or without a query. */
async function BrowseLinks() {
  const lists = await Promise.all(
    letteredLists.map(async ({ list, name, sort }) => ({
      name,
      of: { path: `/${list}`, sort },
      letters: (await getListNavigation(list)).letters,
    })),
  )
  return (
    <>
      {lists
        .filter(({ letters }) => letters.length > 0)
        .map(({ name, of, letters }) => (
          <Section key={name} title={name} more={{ href: of.path, label: `See all ${name.toLowerCase()}` }}>
            <Letters name={name} letters={letters} of={of} marked={[]} />
          </Section>
        ))}
      <Section title="More ways to browse">
        <p>
          Browse by <a href="/genres">genre</a> or <a href="/playlists">playlist</a>.
        </p>
      </Section>
    </>
  )
}
