import { CodeBlock } from '@/components/api/code-block'
import type { Reference } from '@/lib/api/reference/reference'

export const ProblemDocuments = ({ reference: { refusals } }: { reference: Reference }) => (
  <>
    <p>
      Every error response is a problem document (RFC 9457), <code>application/problem+json</code>:
    </p>
    <CodeBlock label="A problem document" text={refusals.invalid} />
    <p>
      <code>type</code> identifies the problem type and links to <a href="/api/docs/problems">its explanation</a>.{' '}
      <code>detail</code> describes this occurrence, and <code>errors</code> names every invalid field and its valid
      values. Programs should use <code>type</code> and <code>status</code>; the wording of the texts may change.
    </p>
    <p>
      <code>requestId</code> is also in the <code>X-Request-Id</code> header of every response. You can send your own,
      such as a UUID. The operator finds the error in the log by it.
    </p>
  </>
)
