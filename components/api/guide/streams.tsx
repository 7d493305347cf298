import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import type { Reference } from '@/lib/api/reference/reference'

export const Streams = ({ reference: { base } }: { reference: Reference }) => (
  <>
    <p>
      With <code>Accept: application/x-ndjson</code>, every list is returned whole: one item per line, of any length, as
      one request. Filters, <code>sort</code>, <code>include</code> and <code>fields</code> apply; paging does not.
    </p>
    <CodeBlock
      label="All songs as a stream"
      text={`${curl(
        `${base}/songs?fields=title,credit,durationMs`,
        `-sSf --compressed -H 'Accept: application/x-ndjson' --etag-compare songs.etag --etag-save songs.etag -o songs.ndjson`,
      )}\nwc -l songs.ndjson`}
    />
    <p>
      Streams are compressed with brotli or gzip if <code>Accept-Encoding</code> allows it. They have a weak{' '}
      <code>ETag</code>: if the catalogue is unchanged, the command above transfers nothing and does not count. It does
      not change when values of external sources become <code>stale</code>.
    </p>
    <p>
      An interrupted stream ends with a connection error, which <code>curl</code> reports. A complete file has as many
      lines as the list’s <code>total</code>.
    </p>
  </>
)
