import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import { number } from '@/components/ui/text'
import type { Reference } from '@/lib/api/reference/reference'
import { windowText } from './window'

export const Key = ({ reference: { base, limits } }: { reference: Reference }) => (
  <>
    <p>
      You can use the API without a key. With a key you may send {number(limits.keyed)} requests {windowText(limits)}{' '}
      instead of {number(limits.anonymous)}, and others at your IP address do not use up your limit.
    </p>
    <ol>
      <li>
        <a href="/sign-up">Sign up</a> on this site, or <a href="/sign-in">sign in</a>.
      </li>
      <li>
        Create a key on <a href="/account">your account page</a>. It starts with <code>syro_</code> and is shown once,
        so store it like a password.
      </li>
      <li>
        Send it in the <code>Authorization</code> header:
      </li>
    </ol>
    <CodeBlock
      label="A request with a key"
      text={`SYRO_KEY='syro_…'\n${curl(`${base}/rate-limit`, '-H "Authorization: Bearer $SYRO_KEY"')}`}
    />
    <p>
      The response shows the rest of your limit, and <code>"policy": "keyed"</code> for a valid key. An invalid or
      revoked key gets a <a href="/api/docs/problems#unauthorized">401</a>, which counts against the limit of your IP
      address. After {number(limits.anonymous)} invalid keys {windowText(limits)}, an address gets a{' '}
      <a href="/api/docs/problems#too-many-requests">429</a>. Revoke keys that you no longer use on your account page.
    </p>
  </>
)
