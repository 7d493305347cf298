import type { ReactNode } from 'react'
import { Head } from '@/components/api/head'
import type { Reference } from '@/lib/api/reference/reference'
import { Browsers, Compatibility } from './agreements'
import { Choosing } from './choosing'
import { Conditional } from './conditional'
import styles from './guide.module.css'
import { Key } from './key'
import { Limits } from './limits'
import { Merged } from './merged'
import { Paging } from './paging'
import { ProblemDocuments } from './problem-documents'
import { Start } from './start'
import { Streams } from './streams'
import { Values } from './values'

type Chapter = { id: string; title: string; Text: (props: { reference: Reference }) => ReactNode }

/** What somebody wants to know who has never seen the API, in the order in which they will. */
export const chapters: Chapter[] = [
  { id: 'start', title: 'A first request', Text: Start },
  { id: 'paging', title: 'Lists, page by page', Text: Paging },
  { id: 'streams', title: 'All of a list at once', Text: Streams },
  { id: 'choosing', title: 'More, and less', Text: Choosing },
  { id: 'key', title: 'A key of your own', Text: Key },
  { id: 'limits', title: 'Limits', Text: Limits },
  { id: 'conditional', title: 'Asking again for nothing', Text: Conditional },
  { id: 'errors', title: 'When something is wrong', Text: ProblemDocuments },
  { id: 'values', title: 'Values', Text: Values },
  { id: 'merged', title: 'Ids that were merged', Text: Merged },
  { id: 'browsers', title: 'From a web page', Text: Browsers },
  { id: 'compatibility', title: 'What may change', Text: Compatibility },
]

export const Guide = ({ reference }: { reference: Reference }) => (
  <section className={styles.guide} aria-labelledby="guide">
    <Head id="guide" title="Guide" note="Ten minutes that tell all of it. The commands work as they stand." />
    {chapters.map(({ id, title, Text }) => (
      <section key={id} className={styles.chapter} aria-labelledby={id}>
        <h3 id={id}>
          <a href={`#${id}`}>{title}</a>
        </h3>
        <Text reference={reference} />
      </section>
    ))}
  </section>
)
