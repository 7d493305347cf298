import type { ProblemText } from '@/lib/api/reference/problems'
import { InlineCode } from './inline-code'
import styles from './problem-list.module.css'

/** All problem types: what each means and how to fix it. */
export const ProblemList = ({ problems }: { problems: ProblemText[] }) =>
  problems.map(({ kind, status, title, explanation, path }) => (
    <section key={kind} id={kind} className={styles.problem} aria-labelledby={`${kind}-title`}>
      <p className={styles.status}>{status}</p>
      <div className={styles.text}>
        <h2 id={`${kind}-title`}>
          <a href={`#${kind}`}>{title}</a>
        </h2>
        <p>
          <InlineCode text={explanation} />
        </p>
        <p className={styles.type}>
          <code>{path}</code>
        </p>
      </div>
    </section>
  ))
