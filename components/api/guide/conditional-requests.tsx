import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import type { Reference } from '@/lib/api/reference/reference'

export const ConditionalRequests = ({ reference: { base } }: { reference: Reference }) => (
  <>
    <p>
      Every response has an <code>ETag</code>, which identifies its version. Send it back in <code>If-None-Match</code>:
      if nothing has changed, the response is an empty 304, which does not count against the rate limit.
    </p>
    <CodeBlock
      label="A conditional request"
      text={curl(
        `${base}/stats`,
        `-sSf --etag-compare stats.etag --etag-save stats.etag -o stats.json -w '%{http_code}\\n'`,
      )}
    />
    <p>
      Run twice, it prints 200, then 304. <code>Last-Modified</code> and <code>If-Modified-Since</code> work too, with a
      precision of one second, but their 304 counts if the response has to be made.
    </p>
  </>
)
