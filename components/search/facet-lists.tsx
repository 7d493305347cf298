import button from '@/components/ui/button.module.css'
import sorts from '@/components/ui/list/sorts.module.css'
import { count, number } from '@/components/ui/text'
import type { Facet } from '@/lib/search/index/document'
import type { SearchView } from '@/lib/search/results/views'
import styles from './facets.module.css'
import { Sheet } from './sheet'

/** Tabs of the result types, with their number of results. */
export function KindTabs({ view }: { view: SearchView }) {
  return (
    <nav className={`${sorts.sorts} ${styles.tabs}`} aria-label="Result type" data-screen>
      <ul>
        <li>
          <a href={view.allKinds.href} aria-current={view.allKinds.isChosen ? 'true' : undefined}>
            All
          </a>
        </li>
        {view.facets.kind.map(({ value, name, hits, isChosen, href }) => (
          <li key={value}>
            <a href={href} aria-current={isChosen ? 'true' : undefined}>
              {name} <span>{hitsText(hits, view)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const sortNames: Record<SearchView['sorts'][number]['name'], string> = {
  relevance: 'Best match',
  newest: 'Newest',
  title: 'Title',
  popular: 'Most popular',
}

export const SortLinks = ({ view }: { view: SearchView }) => (
  <nav className={sorts.sorts} aria-label="Sort by" data-screen>
    <ul>
      {view.sorts.map(({ name, href, isChosen }) => (
        <li key={name}>
          <a href={href} aria-current={isChosen ? 'true' : undefined} rel="nofollow">
            {sortNames[name]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const titles: Partial<Record<Facet, string>> = {
  genre: 'Genre',
  decade: 'Decade',
  artist: 'Artist',
  length: 'Length',
  color: 'Cover',
}
/** Values shown for each facet. */
const SHOWN = 8

const SHEET = 'filters'

/** Opens the filters on screens too narrow for a sidebar. */
export const FiltersButton = ({ view }: { view: SearchView }) => {
  const chosen = Object.keys(titles).flatMap((facet) => view.facets[facet as Facet].filter(({ isChosen }) => isChosen))
  return (
    <button type="button" className={`${button.button} ${styles.narrow}`} popoverTarget={SHEET} data-screen>
      Filters{chosen.length > 0 && ` (${chosen.length})`}
    </button>
  )
}

/** The filters; each value is a link that adds or removes it. A sidebar, or a sheet on narrow screens. */
export const FacetLists = ({ view }: { view: SearchView }) => (
  <Sheet id={SHEET} className={styles.facets} label="Filters">
    {(Object.entries(titles) as [Facet, string][]).map(([facet, title]) => {
      const values = view.facets[facet]
      const shown = values.filter(({ isChosen }, index) => isChosen || index < SHOWN)
      if (shown.length < 2 && !shown.some(({ isChosen }) => isChosen)) return null
      return (
        <section key={facet} aria-label={title}>
          <h2>{title}</h2>
          <ul>
            {shown.map(({ value, name, about, hits, isChosen, href, hex }) => (
              <li key={value}>
                <a href={href} aria-current={isChosen ? 'true' : undefined} rel="nofollow">
                  {hex && <i className={styles.colour} style={{ backgroundColor: hex }} aria-hidden="true" />}
                  <span dir="auto">
                    {name}
                    {about && ` (${about})`}
                  </span>{' '}
                  <span>{hitsText(hits, view)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )
    })}
    <p className={styles.close}>
      <button type="button" className={button.button} popoverTarget={SHEET} popoverTargetAction="hide" data-main>
        Show {view.isExact ? count(view.total, 'result') : `${number(view.total)}+ results`}
      </button>
    </p>
  </Sheet>
)

/** The number of results, with "+" if not all were counted. */
const hitsText = (hits: number, { isExact }: SearchView): string => (isExact ? number(hits) : `${number(hits)}+`)
