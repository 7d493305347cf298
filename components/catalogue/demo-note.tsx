import styles from './demo-note.module.css'

export const DemoNote = () => (
  <p className={styles.note}>
    This is a demo catalogue with made-up music. Operators can remove it with <code>npm run syro -- demo remove</code>.
  </p>
)
