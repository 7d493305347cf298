import { Static } from '@/components/ui/static/static'
import { pageAddress } from './address'
import styles from './sorts.module.css'

/** The orders of the list at `path`, each a link to its first page. The first is the default, and not written. */
export function Sorts<Sort extends string>({
  path,
  sorts,
  labels,
  current,
}: {
  path: string
  sorts: readonly Sort[]
  labels: Record<Sort, string>
  current: Sort
}) {
  return (
    <nav className={styles.sorts} aria-label="Sort by" data-screen>
      <Static as="ul">
        {sorts.map((sort, index) => (
          <li key={sort}>
            <a
              href={pageAddress({ path, sort: index === 0 ? undefined : sort }, 1)}
              aria-current={sort === current ? 'true' : undefined}
            >
              {labels[sort]}
            </a>
          </li>
        ))}
      </Static>
    </nav>
  )
}
