import styles from './skip-link.module.css'

/** The first thing that Tab finds. */
export const SkipLink = () => (
  <a className={styles.skip} href="#main">
    Skip to content
  </a>
)
