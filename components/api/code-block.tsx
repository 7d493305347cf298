import styles from './code-block.module.css'

/**
 * A block of code, which scrolls if it is wider than the page, by keyboard too.
 * @param label for screen readers.
 */
export const CodeBlock = ({ label, text }: { label: string; text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
  <figure className={styles.block} aria-label={label} tabIndex={0}>
    <pre>
      <code>{text}</code>
    </pre>
  </figure>
)
