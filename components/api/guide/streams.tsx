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
      text={`${curl(
        `${base}/songs?fields=title,credit,durationMs`,
        `-sSf --compressed -H 'Accept: application/x-ndjson' --etag-compare songs.etag --etag-save songs.etag -o songs.ndjson`,
      )}\nwc -l songs.ndjson`}
    />
    <p>
      Streams are compressed with brotli or gzip where <code>Accept-Encoding</code> allows it. They have a weak{' '}
      <code>ETag</code>: while nothing in the catalogue has changed, the command above transfers nothing, and costs
      nothing. Values of outside sources that turn <code>stale</code> don’t change it.
    </p>
    <p>
      A stream that breaks off is broken off on the wire: <code>curl</code> ends with an error, and a file that is
      complete has as many lines as the list’s <code>total</code>.
    </p>
  </>
)
