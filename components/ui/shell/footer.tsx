import styles from './footer.module.css'

export function Footer() {
  return (
    <footer className={styles.footer} data-screen>
      <p>SyroMusic, a music catalogue you host yourself.</p>
      <a className={styles.api} href="/api/docs">
        API
      </a>
      <p className={styles.keys}>
        Press <kbd>?</kbd> for the keys.
      </p>
    </footer>
  )
}
