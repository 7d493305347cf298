import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import type { Reference } from '@/lib/api/reference/reference'

export const Streams = ({ reference: { base } }: { reference: Reference }) => (
  <>
    <p>
      Every list comes whole where <code>Accept</code> asks for <code>application/x-ndjson</code>: one item a line, as
      fast as you read, however long it is. It is one request to the limit. Filters, order, <code>include</code> and{' '}
      <code>fields</code> count; pages don’t.
    </p>
    <CodeBlock
      label="All songs as a stream"
      text={`${curl(`${base}/songs?fields=title,credit,durationMs`, `-sSf -H 'Accept: application/x-ndjson'`)} > songs.ndjson\nwc -l songs.ndjson`}
    />
    <p>
      A stream that breaks off is broken off on the wire: <code>curl</code> ends with an error, and a file that is
      complete has as many lines as the list’s <code>total</code>.
    </p>
  </>
)
