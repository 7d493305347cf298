import { CodeBlock } from '@/components/api/code-block'
import type { Reference } from '@/lib/api/reference/reference'

export const ProblemDocuments = ({ reference: { refusals } }: { reference: Reference }) => (
  <>
    <p>
      Whatever goes wrong, the answer is a problem document (RFC 9457), <code>application/problem+json</code>:
    </p>
    <CodeBlock label="A problem document" text={refusals.invalid} />
    <p>
      <code>type</code> names the kind of problem and leads to the page that{' '}
      <a href="/api/docs/problems">explains all kinds</a>. <code>detail</code> says what it is this time, and{' '}
      <code>errors</code> names every field that is wrong and the values that it may have. Let programs look at{' '}
      <code>type</code> and <code>status</code>; the words are for people and may become better ones.
    </p>
    <p>
      <code>requestId</code> is in <code>X-Request-Id</code> too, with every answer. Send one of your own, such as a
      UUID, and it is yours that is used. The operator finds a fault by it.
    </p>
  </>
)
