import { CodeBlock } from '@/components/api/code-block'
import { number } from '@/components/ui/text'
import type { Reference } from '@/lib/api/reference/reference'
import { windowText } from './window'

export const Limits = ({ reference: { limits, refusals } }: { reference: Reference }) => (
  <>
    <p>
      An address may ask {number(limits.anonymous)} times {windowText(limits)}, a network of IPv6 (/64) as one; a{' '}
      <a href="#key">key</a> {number(limits.keyed)} times, wherever it is used. The time runs from the first request.
      Each answer tells where you stand:
    </p>
    <CodeBlock label="Headers that tell the limit" text={limits.headers} />
    <p>
      <code>q</code> requests are allowed in <code>w</code> seconds; <code>r</code> are left, and in <code>t</code>{' '}
      seconds all of them are there again. The other three say the same to older programs, and{' '}
      <code>X-RateLimit-Reset</code> is a moment, in seconds since 1970.
    </p>
    <p>
      Whoever asks more gets a <a href="/api/docs/problems#too-many-requests">429</a> until then, and in{' '}
      <code>Retry-After</code> the seconds to wait. <code>curl --retry 3</code> waits them by itself.
    </p>
    <CodeBlock label="The answer over the limit" text={refusals.limited} />
    <p>
      What costs nothing: an answer that <a href="#conditional">nothing has changed</a>, asking{' '}
      <a href="#getRateLimit">what is left</a>, and the description of this API.
    </p>
  </>
)
