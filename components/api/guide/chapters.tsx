import type { ReactNode } from 'react'
import { Head } from '@/components/api/head'
import type { Reference } from '@/lib/api/reference/reference'
import { Browsers, Compatibility } from './compatibility'
import { ConditionalRequests } from './conditional-requests'
import styles from './guide.module.css'
import { IncludeAndFields } from './include-and-fields'
import { Key } from './key'
import { Limits } from './limits'
import { MergedEntities } from './merged-entities'
import { Paging } from './paging'
import { ProblemDocuments } from './problem-documents'
import { Start } from './start'
import { Streams } from './streams'
import { Values } from './values'

type Chapter = { id: string; title: string; Text: (props: { reference: Reference }) => ReactNode }

/** The chapters of the guide for newcomers, in reading order. */
export const chapters: Chapter[] = [
  { id: 'start', title: 'First request', Text: Start },
  { id: 'paging', title: 'Paging', Text: Paging },
  { id: 'streams', title: 'Streams', Text: Streams },
  { id: 'choosing', title: 'Including and selecting fields', Text: IncludeAndFields },
  { id: 'key', title: 'API keys', Text: Key },
  { id: 'limits', title: 'Rate limits', Text: Limits },
  { id: 'conditional', title: 'Conditional requests', Text: ConditionalRequests },
  { id: 'errors', title: 'Errors', Text: ProblemDocuments },
  { id: 'values', title: 'Data types', Text: Values },
  { id: 'merged', title: 'Merged ids', Text: MergedEntities },
  { id: 'browsers', title: 'Calls from web pages', Text: Browsers },
  { id: 'compatibility', title: 'Versions and changes', Text: Compatibility },
]

export const Guide = ({ reference }: { reference: Reference }) => (
  <section className={styles.guide} aria-labelledby="guide">
    <Head id="guide" title="Guide" note="The whole API in ten minutes. You can copy and run every command." />
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
