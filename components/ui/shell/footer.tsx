import styles from './footer.module.css'

export function Footer() {
  return (
    <footer className={styles.footer} data-screen>
      <p>SyroMusic, a music catalogue you host yourself.</p>
      <p className={styles.keys}>
        Press <kbd>?</kbd> for the keys.
      </p>
    </footer>
  )
}
