import styles from './skip-link.module.css'

/** The first Tab stop of the page. */
export const SkipLink = () => (
  <a className={styles.skip} href="#main">
    Skip to content
  </a>
)
