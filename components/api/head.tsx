import styles from './head.module.css'
import { InlineCode } from './inline-code'

/** The head of a section: its title and a description. */
export const Head = ({ id, title, note }: { id: string; title: string; note: string }) => (
  <div className={styles.head}>
    <h2 id={id}>
      <a href={`#${id}`}>{title}</a>
    </h2>
    <p>
      <InlineCode text={note} />
    </p>
  </div>
)
