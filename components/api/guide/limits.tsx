import { CodeBlock } from '@/components/api/code-block'
import { number } from '@/components/ui/text'
import type { Reference } from '@/lib/api/reference/reference'
import { windowText } from './window'

export const Limits = ({ reference: { limits, refusals } }: { reference: Reference }) => (
  <>
    <p>
      An IP address may send {number(limits.anonymous)} requests {windowText(limits)}; an IPv6 network (/64) counts as
      one address. A <a href="#key">key</a> may send {number(limits.keyed)}, from any address. The window starts with
      the first request. Every response shows the current state:
    </p>
    <CodeBlock label="Rate limit headers" text={limits.headers} />
    <p>
      <code>q</code> requests are allowed in <code>w</code> seconds; <code>r</code> are left, and the limit resets in{' '}
      <code>t</code> seconds. The other three headers say the same to older clients; <code>X-RateLimit-Reset</code> is a
      Unix time in seconds.
    </p>
    <p>
      Requests over the limit get a <a href="/api/docs/problems#too-many-requests">429</a> with a{' '}
      <code>Retry-After</code> header, in seconds. <code>curl --retry 3</code> waits and retries.
    </p>
    <CodeBlock label="The response over the limit" text={refusals.limited} />
    <p>
      These do not count: <a href="#conditional">304 responses</a>, requests for the{' '}
      <a href="#getRateLimit">rate limit</a>, and the description of this API.
    </p>
  </>
)
