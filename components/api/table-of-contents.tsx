import type { Reference } from '@/lib/api/reference/reference'
import { chapters } from './guide/chapters'
import styles from './table-of-contents.module.css'

type ContentsSection = { id: string; title: string; entries: { id: string; title: string }[] }

/** The table of contents: a sidebar with all entries, or on narrow screens a list of the sections. */
export function TableOfContents({ sections, schemas }: Reference) {
  const parts: ContentsSection[] = [
    { id: 'guide', title: 'Guide', entries: chapters },
    ...sections.map(({ id, name, operations }) => ({
      id,
      title: name,
      entries: operations.map(({ id, summary }) => ({ id, title: summary })),
    })),
    { id: 'schemas', title: 'Schemas', entries: schemas.map(({ name }) => ({ id: name, title: name })) },
    { id: 'headers', title: 'Headers', entries: [] },
  ]
  return (
    <nav className={styles.contents} aria-label="Contents" data-screen>
      <ul>
        {parts.map(({ id, title, entries }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
            {entries.length > 0 && (
              <ul>
                {entries.map((entry) => (
                  <li key={entry.id}>
                    <a href={`#${entry.id}`}>{entry.title}</a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
        <li>
          <a href="/api/docs/problems">Problems</a>
        </li>
      </ul>
    </nav>
  )
}
