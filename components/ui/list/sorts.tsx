import { Static } from '@/components/ui/static/static'
import { pageAddress } from './address'
import styles from './sorts.module.css'

/** Links to the first page of a list in each sort. The first sort is the default, which addresses leave out. */
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
