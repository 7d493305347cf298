import styles from './code-block.module.css'

/**
 * Code as it is. What is wider than the page is scrolled, by keyboard too.
 * @param label read aloud: what it is.
 */
export const CodeBlock = ({ label, text }: { label: string; text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
  <figure className={styles.block} aria-label={label} tabIndex={0}>
    <pre>
      <code>{text}</code>
    </pre>
  </figure>
)
