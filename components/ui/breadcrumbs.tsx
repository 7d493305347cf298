import styles from './breadcrumbs.module.css'

/** The way to a page: the pages above it. The page itself follows as its heading. */
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
