import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import type { Reference } from '@/lib/api/reference/reference'

export const Conditional = ({ reference: { base } }: { reference: Reference }) => (
  <>
    <p>
      Each answer has an <code>ETag</code>, the name of its version. Send it back in <code>If-None-Match</code>: as long
      as nothing has changed the answer is an empty 304, which costs you nothing and us hardly anything. After an import
      the first request brings what is new.
    </p>
    <CodeBlock
      label="Asking again"
      text={curl(
        `${base}/stats`,
        `-sSf --etag-compare stats.etag --etag-save stats.etag -o stats.json -w '%{http_code}\\n'`,
      )}
    />
    <p>
      Run twice, it prints 200, then 304. <code>If-Modified-Since</code> with a <code>Last-Modified</code> works too, to
      the second.
    </p>
  </>
)
