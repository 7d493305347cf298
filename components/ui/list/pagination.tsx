import button from '@/components/ui/button.module.css'
import { Static } from '@/components/ui/static/static'
import { number } from '@/components/ui/text'
import { type ListAddress, pageAddress } from './address'
import styles from './pagination.module.css'

/** Numbers shown on each side of the current page. */
const AROUND = 2

/** Links to the previous, next, first, last and nearby pages of a list, and a form for any page. */
export function Pagination({ page, pages, of }: { page: number; pages: number; of: ListAddress }) {
  if (pages === 1) return null
  const from = Math.max(1, Math.min(page - AROUND, pages - 2 * AROUND))
  const near = Array.from({ length: Math.min(2 * AROUND + 1, pages) }, (_, index) => from + index)
  return (
    <nav className={styles.pagination} aria-label="Pages" data-screen>
      <Static as="ul">
        <li>{page > 1 && <a href={pageAddress(of, 1)}>First</a>}</li>
        <li>
          {page > 1 && (
            <a href={pageAddress(of, page - 1)} rel="prev">
              Previous
            </a>
          )}
        </li>
        {near.map((at) => (
          <li key={at} data-near={Math.abs(at - page)}>
            <a href={pageAddress(of, at)} aria-current={at === page ? 'page' : undefined}>
              <span className="aside">Page </span>
              {number(at)}
            </a>
          </li>
        ))}
        <li>
          {page < pages && (
            <a href={pageAddress(of, page + 1)} rel="next">
              Next
            </a>
          )}
        </li>
        <li>{page < pages && <a href={pageAddress(of, pages)}>Last</a>}</li>
      </Static>
      <form action={of.path}>
        {Object.entries({ ...of.query, ...(of.sort && { sort: of.sort }) }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label>
          Page <input type="number" name="page" min={1} max={pages} defaultValue={page} required inputMode="numeric" />{' '}
          of {number(pages)}
        </label>
        <button type="submit" className={button.button}>
          Go
        </button>
      </form>
    </nav>
  )
}
