import { CodeBlock } from '@/components/api/code-block'
import { curl } from '@/components/api/curl'
import { number } from '@/components/ui/text'
import type { Reference } from '@/lib/api/reference/reference'
import { windowText } from './window'

export const Key = ({ reference: { base, limits } }: { reference: Reference }) => (
  <>
    <p>
      All of it can be read without a key. With one you may ask {number(limits.keyed)} times {windowText(limits)}{' '}
      instead of {number(limits.anonymous)}, and nobody else at your address uses up what is yours.
    </p>
    <ol>
      <li>
        <a href="/sign-up">Sign up</a> on this site, or <a href="/sign-in">sign in</a>.
      </li>
      <li>
        Make a key on <a href="/account">your account page</a>. It begins with <code>syro_</code> and is shown once, so
        keep it where you keep passwords.
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
      That answers with what is left of your limit, and <code>"policy": "keyed"</code> where the key is good. One that
      is mistyped or revoked is refused with a <a href="/api/docs/problems#unauthorized">401</a>, at once, and counts as
      a request of your address. Whoever tries {number(limits.anonymous)} unknown ones {windowText(limits)} gets a{' '}
      <a href="/api/docs/problems#too-many-requests">429</a> for the next. Revoke what you no longer use, there where
      you made it.
    </p>
  </>
)
