import styles from './breadcrumbs.module.css'

/** Links to the pages above this one. The heading of the page follows. */
export function Breadcrumbs({ crumbs }: { crumbs: { name: string; path: string }[] }) {
  return (
    <nav className={styles.breadcrumbs} aria-label="Breadcrumb" data-screen>
      <ol>
        {crumbs.map(({ name, path }) => (
          <li key={path}>
            <a href={path}>
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
