import type { OriginResponse } from '@/lib/cache/response/origin'
import { UNAVAILABLE_DIGEST } from '@/lib/errors'

/** Next.js leaves it to scripts to draw the page of a fault: where none run, it would be blank. */
const WITHOUT_SCRIPTS = `<noscript><main style="margin:15vh auto;max-width:32rem;padding:0 1.5rem;font-family:system-ui,sans-serif">
<h1>Something went wrong</h1>
<p>This page could not be loaded. Please try again.</p>
<p><a href="/">Go to the home page</a></p>
</main></noscript>`

/** Seconds after which it is worth trying again: by then the database may be back. */
const RETRY_AFTER = '5'

/**
 * What is sent of an answer: a page that fails is not kept, whatever it says, and says in words what it is. Where it fails
 * because the catalogue can't be read just now it is a 503: what asks for pages comes again, and thinks no less of them.
 */
export function withWords(response: OriginResponse): OriginResponse {
  if (response.status < 500) return response
  const isAway = response.status === 500 && isUnavailable(response)
  const headers = { ...response.headers, 'cache-control': 'no-store', ...(isAway && { 'retry-after': RETRY_AFTER }) }
  const failed = { ...response, status: isAway ? 503 : response.status, headers }
  if (!String(response.headers['content-type']).startsWith('text/html')) return failed
  const page = response.body.toString('utf8').replace(/<body[^>]*>/, (body) => body + WITHOUT_SCRIPTS)
  return { ...failed, body: Buffer.from(page) }
}

/** Next.js writes the digest of an error into the page that fails. */
const isUnavailable = ({ body }: OriginResponse): boolean => body.includes(UNAVAILABLE_DIGEST)

/**
 * What is sent of the answer to a form. One that could not be processed right now (lib/accounts/form.ts) is a 503 that shows
 * the form again.
 */
export const ofForm = (response: OriginResponse): OriginResponse =>
  response.status === 200 && isUnavailable(response)
    ? { ...response, status: 503, headers: { ...response.headers, 'retry-after': RETRY_AFTER } }
    : response
